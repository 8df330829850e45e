/**
 * Two authorities do not agree who takes a family on. It goes up stage by stage, each with its time; the one who
 * holds the family goes on holding it. Owned by the manager of that stage.
 */
package org.followthrough.dispute;
