/**
 * The child's record: the only code that writes case data. A case is a family; episode, lead professional,
 * responsibility and outcome are rows of a child. Every event has two times, when it happened and when it was recorded;
 * a wrong entry is corrected by a further one and stays readable. Knows neither the process engine nor any process.
 */
package org.followthrough.record;
