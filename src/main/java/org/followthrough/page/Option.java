package org.followthrough.page;

/** One choice of a form's list. */
public record Option(String label, String value) {}
