package org.followthrough.page;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Models call this: who a task is for, when it is due, for whom something is done. Whatever does not carry it is out of their reach.
 * What a deployed model calls is published, so it stays for as long as an instance may run on such a model.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ForModels {}
