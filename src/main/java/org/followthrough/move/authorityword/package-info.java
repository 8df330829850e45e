/**
 * <b>Authority word</b>: another authority turns to one of us by name, because it has waited too long, or because it
 * protects a child who is ours. Whoever was asked says what happens now and by when; nobody there, then whoever stands
 * above. Owned by whoever was asked.
 */
package org.followthrough.move.authorityword;
