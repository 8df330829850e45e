/**
 * <b>Child has died</b>: what would still be sent or asked for this child stops at once, and a manager decides what
 * continues for the family.
 */
package org.followthrough.childdeath;
