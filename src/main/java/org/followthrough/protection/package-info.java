/**
 * <b>Protection</b>: what keeps a child safe tonight, and finding out. Strategy discussion, section 47 enquiry, assessment and emergency
 * protection, each a process; what they keep of children and adults stands here.
 */
package org.followthrough.protection;
