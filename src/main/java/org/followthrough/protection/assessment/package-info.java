/**
 * <b>Assessment</b>: a social worker comes to understand a family, and a manager who did not write it agrees.
 *
 * <p>Every child is seen and says something, every adult in their lives is named, fathers and partners too, what happened
 * before is weighed, and what people say is checked with others. It is counted from the day the family was referred, on a
 * case that is open already from the decision to assess; more time needs a manager's reason and moves no limit. By itself it
 * ends with a next step for each child; as the vehicle of a section 47 enquiry it ends with the enquiry's finding.
 */
package org.followthrough.protection.assessment;
