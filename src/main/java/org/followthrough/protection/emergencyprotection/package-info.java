/**
 * <b>Emergency protection</b>: what protects each child tonight, and what comes after it.
 *
 * <p>Begins from any point of an open case, with the entry <i>Protection needed</i> that says since when. Whoever is on duty
 * records, for the children protected in the same way, what it is, from when until when, and where they are. Its clocks run
 * through nights and holidays and count back from the end of each arrangement; the process ends when it is recorded for every
 * child what follows. Police protection or an order opens a strategy discussion unless one is called already.
 */
package org.followthrough.protection.emergencyprotection;
