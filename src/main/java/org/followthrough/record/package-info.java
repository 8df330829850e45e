/**
 * The child's record: the only code that writes case data. A case is a family; episode, lead professional,
 * responsibility and outcome are rows of a child. Every event has two times, when it happened and when it was recorded;
 * a wrong entry is corrected by a further one and stays readable. Knows neither the process engine nor any process.
 *
 * <p>A table is written by one class, which says what becomes of its rows when a case is parted or joined, a child dies, or another
 * authority takes a child over ({@link org.followthrough.record.CaseRecords}); each process says what it ends or begins then
 * ({@link org.followthrough.record.CaseProcess}).
 */
package org.followthrough.record;
