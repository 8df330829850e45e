/**
 * <b>Strategy discussion</b>: those who know the child talk at once.
 *
 * <p>Called by a manager's decision, by police protection or an order, or from the case, it is held in time, sooner where an
 * injury is alleged, by telephone if need be. The quorum table prompts and never blocks. What each
 * agency knows, what keeps each child safe tonight, who is told what and who does what by when is written down, and the
 * manager decides for each child. Where somebody essential was missing it is held again, and minutes are written beside it.
 */
package org.followthrough.protection.strategydiscussion;
