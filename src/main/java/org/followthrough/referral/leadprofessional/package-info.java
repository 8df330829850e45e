/**
 * <b>Lead professional</b>: a child with open work has exactly one, and while there is none, naming one is the duty
 * manager's task at once (learning points K-26, K-27, S-24).
 */
package org.followthrough.referral.leadprofessional;
