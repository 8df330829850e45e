/**
 * <b>Support</b>: help for children in need and their families, accepted by somebody by name, looked at again, and closed with its reasons.
 */
package org.followthrough.support;
