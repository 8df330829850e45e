/**
 * <b>Contact</b>: what the contact centre takes down, one page after the other.
 *
 * <p>Who told us and how to reach them; everyone in and around the household, spelled as the family spells them; each
 * concern as fact, report or judgement. Likely matches are shown before a person or a family is made a second time, and
 * the worker chooses. It ends with the contact in its family's case and, where there was earlier involvement, with what
 * that means for the children today.
 */
package org.followthrough.referral.contact;
