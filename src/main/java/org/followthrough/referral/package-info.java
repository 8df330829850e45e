/**
 * <b>Referral</b>: a contact is recorded, decided on time, and followed through.
 *
 * <p>A manager, not the worker who took the contact down, decides with reasons within one working day, helped by the
 * threshold table and free to overrule it with a reason; and separately whether a child needs protecting now. A
 * professional referrer is told and confirms having heard, a caller is acknowledged. A decision can be taken back while
 * its follow-through runs.
 */
package org.followthrough.referral;
