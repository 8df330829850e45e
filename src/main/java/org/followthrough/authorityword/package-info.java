/**
 * Another authority turns to one of us by name: it has waited too long, or it protects a child who is ours. Owned
 * by whoever was asked.
 */
package org.followthrough.authorityword;
