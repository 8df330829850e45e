/**
 * <b>The family</b>: who the child is, the household, who is responsible, and what happened. A case is a family; responsibility, names and
 * the chronology are rows of a child or a case. Every event has two times, when it happened and when it was recorded; a wrong time is
 * corrected by a further line ({@link org.followthrough.family.Dated}), and what hangs on it follows.
 *
 * <p>Every table of the house has one owner, who says what becomes of its rows when a case is split or joined, a child dies, or another
 * authority takes a child over ({@link org.followthrough.family.CaseRecords}); each process says what it ends or begins then
 * ({@link org.followthrough.family.CaseProcess}). This area asks them all and knows none of them.
 */
package org.followthrough.family;
