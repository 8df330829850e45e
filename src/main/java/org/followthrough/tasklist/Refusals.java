package org.followthrough.tasklist;

import org.followthrough.page.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What our own calls answer when they cannot do what was asked: the sentence, and the field that it is about. */
@RestControllerAdvice
class Refusals {

  record Refused(String message, String field) {}

  @ExceptionHandler
  @ResponseStatus(HttpStatus.UNPROCESSABLE_ENTITY)
  Refused refused(Refusal refusal) {
    return new Refused(refusal.getMessage(), refusal.field());
  }
}
