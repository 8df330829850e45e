package org.followthrough.tasklist;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.Objects;
import org.followthrough.page.Refusal;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Says in words that the database is away, and what becomes of what was typed, whoever noticed it. */
@Component
@Order(SecurityProperties.DEFAULT_FILTER_ORDER - 1)
class DatabaseAway extends OncePerRequestFilter {

  private static final String SENTENCE =
      "The database is away just now. What you typed is kept on this page: leave it open, and send it again in a few minutes.";

  private final ObjectMapper json;

  DatabaseAway(ObjectMapper json) {
    this.json = json;
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      chain.doFilter(request, response);
    } catch (ServletException | RuntimeException e) {
      if (response.isCommitted() || !away(e)) {
        throw e;
      }
      response.resetBuffer();
      response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
      response.setContentType(MediaType.APPLICATION_JSON_VALUE);
      response.setCharacterEncoding("UTF-8");
      json.writeValue(response.getOutputStream(), Map.of("type", Refusal.class.getSimpleName(), "message", SENTENCE));
    }
  }

  /** No connection was to be had, or the one in use was lost. */
  private static boolean away(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientConnectionException
          || cause instanceof SQLException sql && Objects.toString(sql.getSQLState(), "").matches("08.*|57P.*")) {
        return true;
      }
      // what was lost in a transaction cannot be rolled back either, and only that is told
      if (cause instanceof TransactionSystemException rollback && rollback.getApplicationException() != null
          && away(rollback.getApplicationException())) {
        return true;
      }
    }
    return false;
  }
}
