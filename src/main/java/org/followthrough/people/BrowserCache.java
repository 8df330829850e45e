package org.followthrough.people;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.http.CacheControl;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Lets a browser keep what Camunda ships, 4 MB of scripts and its fonts, and nothing else. Otherwise every page, on whatever line
 * a worker has, would begin by fetching them again.
 *
 * <p>Scripts and styles carry their version in the address. Only the version that runs here is kept: during an upgrade an
 * older node would have its own kept under the address of the newer one's. Strangers do not come so far.
 */
@Component
class BrowserCache implements WebMvcConfigurer, HandlerInterceptor {

  private static final Pattern VERSIONED =
      Pattern.compile("/camunda/(lib/(runtime|deps|ngDefine)\\.js|app/[a-z]+/camunda-[a-z]+-bootstrap\\.(js|css))");
  private static final Pattern FONT = Pattern.compile("/camunda/assets/IBMPlexSans-[A-Za-z]+\\.woff2");
  private static final String VERSION = ProcessEngine.class.getPackage().getImplementationVersion();
  private static final String KEEP = CacheControl.maxAge(Duration.ofDays(7)).cachePrivate().getHeaderValue();

  @Override
  public void addInterceptors(InterceptorRegistry interceptors) {
    interceptors.addInterceptor(this);
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
    String path = request.getRequestURI();
    if (FONT.matcher(path).matches()
        || VERSIONED.matcher(path).matches() && VERSION != null && VERSION.equals(request.getParameter("bust"))) {
      response.setHeader("Cache-Control", KEEP);
    }
    return true;
  }
}
