package org.followthrough.people;

import static org.springframework.security.config.Customizer.withDefaults;
import static org.springframework.security.web.util.matcher.AntPathRequestMatcher.antMatcher;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Set;
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
import org.springframework.security.web.util.matcher.AntPathRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * The walls: nothing is open but health, the sign-in page and what it needs. One session for Tasklist, Cockpit and our own
 * screens; HTTP basic for the engine's REST interface, for designers and operations only.
 */
@Configuration
class SignIn {

  private static final Set<String> MAY_USE_REST = Set.of(Grants.DESIGNER, Grants.ADMIN);

  /** Requests that could write names into the engine's own tables, or drive a process past its forms. Nobody needs them. */
  private static final Pattern PAST_THE_RECORD = Pattern.compile(".*/(variables(-async)?|localVariables)(/.*)?"
      + "|.*/(comment|attachment|modification|modification-async|migration|restart|restart-async|annotation|set-annotation)(/.*)?"
      + "|.*/task/create|.*/task/[^/]+/(complete|resolve|delegate|bpmnError|bpmnEscalation)"
      + "|.*/process-definition/.*/start|.*/(message|signal|condition)|.*/execution/[^/]+/.*"
      + "|.*/external-task/(fetchAndLock|[^/]+/.*)|.*/case-(execution|instance|definition)/.*"
      + "|.*/decision-definition/.*/evaluate|.*/filter/create");
  /** Changing or deleting these by hand: a task's name is free text, too. */
  private static final Pattern BY_HAND = Pattern.compile(".*/(task|process-instance|filter)/[^/]+");

  private static boolean pastTheRecord(HttpServletRequest request) {
    String path = request.getRequestURI();
    return switch (request.getMethod()) {
      case "GET", "HEAD", "OPTIONS" -> false;
      case "PUT", "DELETE" -> PAST_THE_RECORD.matcher(path).matches() || BY_HAND.matcher(path).matches();
      default -> PAST_THE_RECORD.matcher(path).matches();
    };
  }

  /** The first-administrator page is open while the administrators' group is empty (CVE-2026-77226). Ours never is. */
  private static final RequestMatcher SETUP = new OrRequestMatcher(
      antMatcher("/camunda/api/admin/setup/**"), antMatcher("/camunda/app/admin/*/setup/**"));

  private final IdentityService identity;
  private final Directory directory;

  SignIn(IdentityService identity, Directory directory) {
    this.identity = identity;
    this.directory = directory;
  }

  @Bean
  @Order(1)
  SecurityFilterChain rest(HttpSecurity http) throws Exception {
    return http.securityMatcher("/engine-rest/**")
        .authenticationManager(passwords(MAY_USE_REST))
        .authorizeHttpRequests(requests -> requests.requestMatchers(SignIn::pastTheRecord).denyAll().anyRequest().authenticated())
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
    RequestMatcher calls = new OrRequestMatcher(antMatcher("/api/**"), antMatcher("/camunda/api/**"));
    return http
        .authenticationManager(passwords(null))
        .authorizeHttpRequests(requests -> requests
            .requestMatchers("/actuator/health/**", "/login", "/assets/**", "/favicon.ico").permitAll()
            .requestMatchers(SETUP).denyAll()
            .requestMatchers(SignIn::pastTheRecord).denyAll()
            .requestMatchers("/camunda/app/admin/**").hasAuthority(Grants.ADMIN)
            .anyRequest().authenticated())
        .formLogin(form -> form.loginPage("/login").defaultSuccessUrl("/camunda/app/tasklist/default/", true)
            .failureUrl("/login?refused"))
        .logout(logout -> logout
            // the webapps' own sign-out ends the one session that all of them share
            .logoutRequestMatcher(new OrRequestMatcher(
                new AntPathRequestMatcher("/camunda/api/admin/auth/user/*/logout", "POST"),
                new AntPathRequestMatcher("/logout", "POST")))
            .logoutSuccessHandler(new HttpStatusReturningLogoutSuccessHandler(HttpStatus.NO_CONTENT))
            .deleteCookies("JSESSIONID"))
        .exceptionHandling(refused -> refused
            .defaultAuthenticationEntryPointFor(new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED), calls)
            .defaultAuthenticationEntryPointFor(new LoginUrlAuthenticationEntryPoint("/login"), request -> true))
        .requestCache(cache -> cache.disable())
        .csrf(csrf -> csrf.csrfTokenRepository(tokens).csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler())
            // the webapps bring a filter of their own against forged requests
            .ignoringRequestMatchers("/camunda/**"))
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
