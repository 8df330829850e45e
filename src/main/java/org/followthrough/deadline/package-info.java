/**
 * What is promised about a child, and by when. {@code DeadlineTable} holds the limits as a designer wrote them,
 * {@code WorkingDays} the calendar of England, and {@code DueDates} counts one on the other. {@code Clocks} holds what runs;
 * {@code Redating} moves it when a date was wrong, and {@code TimersAndTasks} has the engine follow. Limits are numbers in one
 * place, {@code bpmn/deadlines.dmn}, and nowhere in code.
 */
package org.followthrough.deadline;
