/**
 * <b>Receipts</b>: sent is not received (learning points K-15, Q-26, S-01, S-02).
 *
 * <p>Every professional of one circulation confirms that the minutes have arrived, and says what they do where something is
 * asked of them; somebody else may write it down for them. Who has not had them is sent them again the same minute. Who
 * stays silent is rung, and then their own safeguarding lead is asked. The family is never chased.
 */
package org.followthrough.minutes.receipts;
