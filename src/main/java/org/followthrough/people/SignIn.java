package org.followthrough.people;

import static org.springframework.security.config.Customizer.withDefaults;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.MappingMatch;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationProvider;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationResult;
import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.logout.HttpStatusReturningLogoutSuccessHandler;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * The walls: nothing is open but health, the sign-in page and what it needs. One session for Tasklist, Cockpit and our own
 * screens; HTTP basic for the engine's REST interface, for designers and operations only.
 */
@Configuration
class SignIn {

  private static final Set<String> MAY_USE_REST = Set.of(Grants.DESIGNER, Grants.ADMIN);

  /** The engine's interface, for the webapps and for designers, with or without the engine's name. */
  private static final Pattern ENGINE = Pattern.compile("(?:/engine-rest(?:/engine/[^/]+)?|/camunda/api/engine/engine/[^/]+)(/.*?)/?");

  /**
   * All that may be sent to the engine's interface. Everything else could write names into the engine's own tables (comments,
   * variables, a task's name), drive a process past its forms, or silence a timer; and nobody needs it. Nor is a deployment taken away:
   * what was in force before it would come back unseen, so a return is proposed like any change.
   */
  private static final Map<String, Pattern> MAY_BE_SENT = Map.of(
      "POST", Pattern.compile(
          // questions too long for an address
          "/(task|process-instance|execution|job|job-definition|external-task|variable-instance|group|schema/log"
              + "|history/(activity-instance|process-instance|task|variable-instance|detail|job-log|external-task-log))(/count)?"
              + "|/filter/[^/]+/(list|count|singleResult)|/identity/password-policy"
              // work
              + "|/task/[^/]+/(claim|unclaim|assignee|identity-links|identity-links/delete|submit-form)"
              + "|/process-definition/(key/)?[^/]+/submit-form"
              // models, people and their grants
              + "|/deployment/create|/deployment/[^/]+/redeploy|/(user|group|authorization)/create|/user/[^/]+/unlock"),
      "PUT", Pattern.compile(
          "/(process-definition|process-instance|job-definition|job)(/[^/]+)?/suspended|/(job|job-definition)/[^/]+/retries"
              + "|/user/[^/]+/(profile|credentials)|/group/[^/]+(/members/[^/]+)?|/authorization/[^/]+"),
      "DELETE", Pattern.compile("/user/[^/]+|/group/[^/]+(/members/[^/]+)?|/authorization/[^/]+"));

  private static boolean pastTheRecord(HttpServletRequest request) {
    Matcher engine = ENGINE.matcher(path(request));
    if (Set.of("GET", "HEAD", "OPTIONS").contains(request.getMethod()) || !engine.matches()) {
      return false;
    }
    Pattern allowed = MAY_BE_SENT.get(request.getMethod());
    return allowed == null || !allowed.matcher(Objects.toString(engine.group(1), "")).matches();
  }

  /** What people are called, and who exists, is for operations: the engine would let everybody rename or delete themselves. */
  private static boolean renames(HttpServletRequest request) {
    return Set.of("PUT", "DELETE").contains(request.getMethod()) && path(".*/user/[^/]+(/profile)?/?").matches(request);
  }

  /**
   * The first-administrator page is open while the administrators' group is empty (CVE-2026-77226). Ours never is. And
   * the webapps' own sign-in would be a second door.
   */
  private static final RequestMatcher SETUP =
      path("/camunda/api/admin/setup(/.*)?|/camunda/app/admin/[^/]+/setup(/.*)?|/camunda/api/admin/auth/user/[^/]+/login(/.*)?");

  /**
   * The path as whoever answers reads it: decoded and whole. The framework's own patterns see only what follows a servlet's
   * prefix, so that {@code /engine-rest/**} would match nothing.
   */
  private static String path(HttpServletRequest request) {
    return request.getServletPath() + Objects.toString(request.getPathInfo(), "");
  }

  private static RequestMatcher path(String pattern) {
    Pattern asked = Pattern.compile(pattern);
    return request -> asked.matcher(path(request)).matches();
  }

  private final IdentityService identity;
  private final Directory directory;

  SignIn(IdentityService identity, Directory directory) {
    this.identity = identity;
    this.directory = directory;
  }

  @Bean
  @Order(1)
  SecurityFilterChain rest(HttpSecurity http) throws Exception {
    return http.securityMatcher(path("/engine-rest(/.*)?|/rest/models(/.*)?"))
        .authenticationManager(passwords(MAY_USE_REST))
        .authorizeHttpRequests(requests -> requests
            .dispatcherTypeMatchers(DispatcherType.ERROR).permitAll()
            .requestMatchers(SignIn::pastTheRecord).denyAll()
            .requestMatchers(SignIn::renames).hasAuthority(Grants.ADMIN)
            .anyRequest().authenticated())
        .httpBasic(withDefaults())
        .csrf(csrf -> csrf.disable())
        .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain web(HttpSecurity http) throws Exception {
    CookieCsrfTokenRepository tokens = CookieCsrfTokenRepository.withHttpOnlyFalse();
    tokens.setCookieName("FT-CSRF");
    tokens.setHeaderName("X-FT-CSRF");
    tokens.setCookieCustomizer(cookie -> cookie.sameSite("Strict"));
    RequestMatcher calls = path("/api/.*|/camunda/api/.*");
    return http
        .authenticationManager(passwords(null))
        .authorizeHttpRequests(requests -> requests
            // a refusal stays what it is, instead of becoming a refusal to show it
            .dispatcherTypeMatchers(DispatcherType.ERROR).permitAll()
            .requestMatchers(path("/actuator/health(/.*)?|/login|/assets/.*|/schema/[a-z0-9-]+\\.json|/favicon\\.ico")).permitAll()
            .requestMatchers(SETUP).denyAll()
            .requestMatchers(SignIn::pastTheRecord).denyAll()
            .requestMatchers(SignIn::renames).hasAuthority(Grants.ADMIN)
            .requestMatchers(path("/camunda/app/admin(/.*)?")).hasAuthority(Grants.ADMIN)
            .anyRequest().authenticated())
        .formLogin(form -> form.loginPage("/login").defaultSuccessUrl("/camunda/app/tasklist/default/", true)
            .failureUrl("/login?refused"))
        .logout(logout -> logout
            // the webapps' own sign-out ends the one session that all of them share
            .logoutRequestMatcher(request -> "POST".equals(request.getMethod())
                && path("/camunda/api/admin/auth/user/[^/]+/logout|/logout").matches(request))
            .logoutSuccessHandler(new HttpStatusReturningLogoutSuccessHandler(HttpStatus.NO_CONTENT))
            .deleteCookies("JSESSIONID"))
        .exceptionHandling(refused -> refused
            .defaultAuthenticationEntryPointFor(new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED), calls)
            .defaultAuthenticationEntryPointFor(new LoginUrlAuthenticationEntryPoint("/login"), request -> true))
        .requestCache(cache -> cache.disable())
        .csrf(csrf -> csrf.csrfTokenRepository(tokens).csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler())
            // the webapps bring a filter of their own against forged requests
            .ignoringRequestMatchers(path("/camunda/.*")))
        .build();
  }

  /** Checks passwords against the engine's users, with its delays after failures; {@code only} these groups, or anyone. */
  private AuthenticationManager passwords(Set<String> only) {
    return asked -> {
      String user = asked.getName();
      List<String> groups = identity.checkPassword(user, String.valueOf(asked.getCredentials())) ? directory.groupsOf(user) : null;
      if (groups == null || only != null && groups.stream().noneMatch(only::contains)) {
        throw new BadCredentialsException("User name or password not accepted");
      }
      return UsernamePasswordAuthenticationToken.authenticated(user, null, AuthorityUtils.createAuthorityList(groups));
    };
  }

  /** Refuses a servlet's path spelled oddly, before anything trips over it and writes pages of complaint into the log. */
  @Bean
  FilterRegistrationBean<Filter> plainPaths() {
    var filter = new FilterRegistrationBean<Filter>((request, response, chain) -> {
      HttpServletRequest asked = (HttpServletRequest) request;
      if (asked.getHttpServletMapping().getMappingMatch() == MappingMatch.PATH
          && !(asked.getRequestURI() + "/").startsWith(asked.getServletPath() + "/")) {
        ((HttpServletResponse) response).setStatus(HttpServletResponse.SC_BAD_REQUEST);
      } else {
        chain.doFilter(request, response);
      }
    });
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return filter;
  }

  /** Hands the signed-in user on to Tasklist and Cockpit. */
  @Bean
  FilterRegistrationBean<ContainerBasedAuthenticationFilter> webappsUser() {
    var filter = new FilterRegistrationBean<>(new ContainerBasedAuthenticationFilter());
    filter.addInitParameter("authentication-provider", SignedIn.class.getName());
    filter.addUrlPatterns("/camunda/app/*", "/camunda/api/*");
    filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + 1);
    return filter;
  }

  /** Hands the user of a REST call on to the engine, so that its authorizations apply. */
  @Bean
  FilterRegistrationBean<EngineUser> restUser() {
    var filter = new FilterRegistrationBean<>(new EngineUser(identity, directory));
    filter.addUrlPatterns("/engine-rest/*");
    filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + 1);
    return filter;
  }

  /** Who is signed in, for the webapps' filter, which makes its own instance. */
  public static class SignedIn implements AuthenticationProvider {

    @Override
    public AuthenticationResult extractAuthenticatedUser(HttpServletRequest request, ProcessEngine engine) {
      Authentication user = SecurityContextHolder.getContext().getAuthentication();
      return user == null || !user.isAuthenticated() || "anonymousUser".equals(user.getName())
          ? AuthenticationResult.unsuccessful() : AuthenticationResult.successful(user.getName());
    }

    @Override
    public void augmentResponseByAuthenticationChallenge(HttpServletResponse response, ProcessEngine engine) {
      // the security chain in front has answered already
    }
  }
}
