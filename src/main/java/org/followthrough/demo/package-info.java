/** Invented families for the default profile, recorded and decided the way people do it: page by page, through the forms. */
package org.followthrough.demo;
