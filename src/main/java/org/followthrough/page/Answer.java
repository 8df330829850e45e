package org.followthrough.page;

/** A field of a form as a reader sees it: its label, and what was answered, in words. */
public record Answer(String label, String value) {}
