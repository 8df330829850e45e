package org.followthrough.tasklist;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Cockpit asks for some lists without saying how many it wants, which the engine refuses since nobody may ask for
 * everything. These questions get the limit that they would be held to anyway.
 */
@Component
@Order(SecurityProperties.DEFAULT_FILTER_ORDER + 11)
class WithinLimits extends OncePerRequestFilter {

  private static final Pattern LISTS = Pattern.compile(
      "/camunda/api/engine/engine/[^/]+/(process-definition|decision-definition|deployment)");

  private final int limit;

  WithinLimits(@Value("${camunda.bpm.generic-properties.properties.queryMaxResultsLimit}") int limit) {
    this.limit = limit;
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    boolean unbounded = "GET".equals(request.getMethod()) && LISTS.matcher(request.getRequestURI()).matches()
        && request.getParameter("maxResults") == null;
    chain.doFilter(unbounded ? new Bounded(request, limit) : request, response);
  }

  private static class Bounded extends HttpServletRequestWrapper {

    private final int limit;

    Bounded(HttpServletRequest request, int limit) {
      super(request);
      this.limit = limit;
    }

    @Override
    public String getQueryString() {
      String asked = super.getQueryString();
      return (asked == null ? "" : asked + "&") + "maxResults=" + limit;
    }
  }
}
