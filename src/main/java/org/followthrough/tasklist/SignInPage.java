package org.followthrough.tasklist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.followthrough.people.DemoPeople;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.view.RedirectView;
import org.springframework.web.util.HtmlUtils;

/** The door: one page to sign in, for Tasklist, Cockpit and our own screens. */
@RestController
class SignInPage {

  private final String page;
  private final String banner;
  private final boolean demo;

  SignInPage(@Value("${followthrough.banner}") String banner, Environment environment) throws IOException {
    this.page = new ClassPathResource("META-INF/resources/login.html").getContentAsString(StandardCharsets.UTF_8);
    this.banner = banner;
    this.demo = !environment.acceptsProfiles(Profiles.of("production"));
  }

  @GetMapping("/login")
  ResponseEntity<String> page(CsrfToken token, @RequestParam(required = false) String refused,
      @RequestParam(required = false) String expired) {
    String message = refused != null ? "User name or password not accepted. Check both and try again."
        : expired != null ? "Your session has ended. Sign in again; what you typed is kept." : "";
    String html = page.replace("{{csrf}}", HtmlUtils.htmlEscape(token.getToken()))
        .replace("{{message}}", message)
        .replace("{{banner}}", HtmlUtils.htmlEscape(banner))
        .replace("{{demoPeople}}", demo ? demoPeople() : "");
    return ResponseEntity.ok().contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
        .header("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'; form-action 'self'")
        .header("Cache-Control", "no-store")
        .body(html);
  }

  private static String demoPeople() {
    return "<h2>Demo people</h2><p>The password is the user name with “-demo” after it.</p><ul>"
        + DemoPeople.ALL.stream().map(person -> "<li><code>" + person.id() + "</code> " + person.first() + " " + person.last() + ", "
            + person.does() + "</li>").reduce("", String::concat) + "</ul>";
  }

  /** The address without a path leads to Tasklist. */
  @GetMapping("/")
  RedirectView home() {
    return new RedirectView("/camunda/app/tasklist/default/");
  }
}
