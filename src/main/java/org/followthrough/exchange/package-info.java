/**
 * <b>Exchange</b>: authority to authority, over a connection on which both sides have shown who they are. What a step here
 * has to tell the other side is posted in that step's transaction, delivered again and again until it is received there, and given
 * by hand where it is refused; what the other side says waits here until its page or process is there, and is taken once.
 *
 * <p>There is no process of receiving: a message fills in the very page on which a worker would write down what they heard by
 * telephone, with all its checks. Owned by the social worker who has the family.
 */
package org.followthrough.exchange;
