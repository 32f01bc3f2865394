/**
 * Conflicts and preconditions for jakarta.servlet: one filter, one wrapper.
 *
 * <p>{@link dev.conflict.servlet.ConflictFilter} stands in {@code web.xml} before every other filter:
 *
 * <pre>{@code
 * <filter>
 *   <filter-name>conflict</filter-name>
 *   <filter-class>dev.conflict.servlet.ConflictFilter</filter-class>
 *   <async-supported>true</async-supported>
 *   <init-param>
 *     <param-name>typeBase</param-name>
 *     <param-value>https://api.example.org/problems/</param-value>
 *   </init-param>
 * </filter>
 * <filter-mapping>
 *   <filter-name>conflict</filter-name>
 *   <url-pattern>/*</url-pattern>
 *   <dispatcher>REQUEST</dispatcher>
 *   <dispatcher>ASYNC</dispatcher>
 * </filter-mapping>
 * }</pre>
 *
 * <p>Some containers end a forward otherwise when the response is wrapped, by whatever filter: Undertow flushes it (so that a
 * small body comes in chunks), Tomcat 10.1 closes it (so that nothing can be answered after it;
 * {@code suspendWrappedResponseAfterForward} changes that).
 */
@NullMarked
package dev.conflict.servlet;

import org.jspecify.annotations.NullMarked;
