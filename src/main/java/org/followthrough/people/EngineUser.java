package org.followthrough.people;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.web.filter.OncePerRequestFilter;

/** Tells the engine on whose behalf a request acts, for as long as it lasts. */
class EngineUser extends OncePerRequestFilter {

  private final IdentityService identity;
  private final Directory directory;

  EngineUser(IdentityService identity, Directory directory) {
    this.identity = identity;
    this.directory = directory;
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getUserPrincipal() == null) {
      chain.doFilter(request, response);
      return;
    }
    String user = request.getUserPrincipal().getName();
    identity.setAuthentication(user, directory.groupsOf(user));
    try {
      chain.doFilter(request, response);
    } finally {
      identity.clearAuthentication();
    }
  }
}
