package dev.conflict.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.mockito.Mockito;

/** Requests, responses and containers that a test can make fail. */
final class Fakes {
    private Fakes() {}

    static ConflictFilter initialised(ConflictFilter.Builder builder) throws ServletException {
        FilterConfig config = Mockito.mock(FilterConfig.class);
        ServletContext context = Mockito.mock(ServletContext.class);
        Mockito.when(context.getClassLoader()).thenReturn(Fakes.class.getClassLoader());
        Mockito.when(config.getServletContext()).thenReturn(context);
        Mockito.when(config.getInitParameterNames()).thenReturn(Collections.emptyEnumeration());
        ConflictFilter filter = builder.build();
        filter.init(config);
        return filter;
    }

    static HttpServletRequest request(String method, String path) {
        HttpServletRequest request = Mockito.mock(HttpServletRequest.class);
        Map<String, Object> attributes = new HashMap<>();
        Mockito.when(request.getMethod()).thenReturn(method);
        Mockito.when(request.getRequestURI()).thenReturn(path);
        Mockito.when(request.getDispatcherType()).thenReturn(DispatcherType.REQUEST);
        Mockito.when(request.getAttribute(Mockito.anyString()))
                .thenAnswer(call -> attributes.get(call.<String>getArgument(0)));
        Mockito.doAnswer(call -> attributes.put(call.getArgument(0), call.getArgument(1)))
                .when(request)
                .setAttribute(Mockito.anyString(), Mockito.any());
        return request;
    }

    static HttpServletResponse response() {
        HttpServletResponse response = Mockito.mock(HttpServletResponse.class);
        Mockito.when(response.getStatus()).thenReturn(200);
        Mockito.when(response.getBufferSize()).thenReturn(8192);
        return response;
    }
}
