/**
 * <b>Minutes</b>: from a meeting to minutes that are written, agreed by its chair and on their way to everybody who needs
 * them (learning points K-05, K-15, K-24, Q-06).
 *
 * <p>Nobody types again what the meeting recorded. What not everybody may know is kept out of what they are sent: it is
 * looked for when the minutes are written, agreed, sent and read. Agreed minutes do not change; a correction is the next
 * version, in a process of its own.
 */
package org.followthrough.minutes;
