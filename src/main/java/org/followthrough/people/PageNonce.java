package org.followthrough.people;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Gives the scripts of a page the nonce of that page's own policy.
 *
 * <p>The webapps keep the nonce in one place for everybody: whatever anybody asks for while a page is being written changes
 * it, the browser then refuses every script of the page, and its reader looks at a turning wheel.
 */
@Component
@Order(SecurityProperties.DEFAULT_FILTER_ORDER + 2)
class PageNonce extends OncePerRequestFilter {

  private static final Pattern PAGE = Pattern.compile("/camunda/app/.*/");
  private static final Pattern POLICY = Pattern.compile("'nonce-([A-Za-z0-9_-]+)'");
  private static final Pattern SCRIPT = Pattern.compile("nonce=\"[A-Za-z0-9_-]*\"");

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !PAGE.matcher(request.getRequestURI()).matches();
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    ContentCachingResponseWrapper page = new ContentCachingResponseWrapper(response);
    chain.doFilter(request, page);
    String policy = page.getHeader("Content-Security-Policy");
    Matcher nonce = POLICY.matcher(policy == null ? "" : policy);
    if (nonce.find()) {
      // one byte to a letter and back: whatever the page's encoding is, it stays
      String written = new String(page.getContentAsByteArray(), StandardCharsets.ISO_8859_1);
      byte[] own = SCRIPT.matcher(written).replaceAll("nonce=\"" + nonce.group(1) + "\"").getBytes(StandardCharsets.ISO_8859_1);
      page.resetBuffer();
      page.getOutputStream().write(own);
    }
    page.copyBodyToResponse();
  }
}
