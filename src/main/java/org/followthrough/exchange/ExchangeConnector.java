package org.followthrough.exchange;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.SSLHostConfigCertificate.Type;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/**
 * The door for other authorities: a port of its own, TLS 1.3, and nobody comes in without a certificate. Nothing but the
 * exchange is behind it, and the exchange is behind nothing else.
 */
@Configuration
@ConditionalOnProperty("followthrough.exchange.port")
class ExchangeConnector implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  private static final String DOOR = "exchangeDoor";
  /** A large message is work for memory, and no flood of them may take it all. */
  private static final int AT_ONCE = 8;

  private final Connector connector = new Connector(new Http11NioProtocol());

  ExchangeConnector(Exchange exchange, SslBundles bundles, ServerProperties server) {
    Http11NioProtocol protocol = (Http11NioProtocol) connector.getProtocolHandler();
    connector.setPort(exchange.port());
    connector.setScheme("https");
    connector.setSecure(true);
    // who sends too much reads the refusal before the line is cut
    connector.setProperty("maxSwallowSize", String.valueOf(Math.min(Integer.MAX_VALUE, 3 * exchange.longestMessage().toBytes())));
    protocol.setAddress(server.getAddress());
    protocol.setMaxThreads(AT_ONCE);
    protocol.setSSLEnabled(true);
    protocol.addSslHostConfig(bothShowWhoTheyAre(bundles.getBundle(exchange.bundle())));
  }

  private static SSLHostConfig bothShowWhoTheyAre(SslBundle bundle) {
    SSLHostConfig host = new SSLHostConfig();
    host.setProtocols("TLSv1.3");
    host.setCertificateVerification("required");
    host.setTrustStore(bundle.getStores().getTrustStore());
    SSLHostConfigCertificate ours = new SSLHostConfigCertificate(host, Type.UNDEFINED);
    ours.setCertificateKeystore(bundle.getStores().getKeyStore());
    ours.setCertificateKeystorePassword(bundle.getStores().getKeyStorePassword());
    ours.setCertificateKeyPassword(bundle.getKey().getPassword());
    ours.setCertificateKeyAlias(bundle.getKey().getAlias());
    host.addCertificate(ours);
    return host;
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addAdditionalTomcatConnectors(connector);
  }

  /** The port on which the door really is. */
  int port() {
    return connector.getLocalPort();
  }

  private boolean atTheDoor(HttpServletRequest request) {
    return request.getLocalPort() == port();
  }

  @Bean
  ServletRegistrationBean<Door> exchangeDoor(Door door) {
    ServletRegistrationBean<Door> servlet = new ServletRegistrationBean<>(door, "/exchange/*");
    servlet.setName(DOOR);
    return servlet;
  }

  /** By the servlet that would answer, so that no other spelling of a path leads around it. */
  @Bean
  FilterRegistrationBean<Filter> exchangeWall() {
    var filter = new FilterRegistrationBean<Filter>((request, response, chain) -> {
      HttpServletRequest asked = (HttpServletRequest) request;
      if (atTheDoor(asked) == DOOR.equals(asked.getHttpServletMapping().getServletName())) {
        chain.doFilter(request, response);
      } else {
        ((HttpServletResponse) response).setStatus(HttpServletResponse.SC_NOT_FOUND);
      }
    });
    filter.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
    return filter;
  }

  /** Who calls there has shown a certificate instead of signing in; whose it is, {@link Door} asks the address book. */
  @Bean
  @Order(0)
  SecurityFilterChain exchangeSecurity(HttpSecurity http) throws Exception {
    return http.securityMatcher(this::atTheDoor)
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .csrf(csrf -> csrf.disable())
        .logout(logout -> logout.disable())
        .requestCache(cache -> cache.disable())
        .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .build();
  }
}
