/**
 * What is in force of models, tables and forms, since when, and who put it there. What a designer deploys is a proposal: it is held
 * against what is in force, shown as a difference in words, and a second person puts it in force or withdraws it. The release that is
 * installed brings its own in the same way, authorised by installing it. Nothing else is ever deployed; the engine asks here.
 */
package org.followthrough.release;
