package dev.conflict.spring.boot.cors;

import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/** The same with a filter in front of all that lets them in. */
@Configuration
@Import(CorsApplication.class)
public class FilteredCorsApplication {
    @Bean
    FilterRegistrationBean<CorsFilter> corsFilter() {
        CorsConfiguration rules = new CorsConfiguration();
        rules.setAllowedOrigins(List.of(CorsApplication.ORIGIN));
        rules.setAllowedMethods(List.of("GET", "PUT"));
        rules.setAllowedHeaders(List.of("If-Match", "If-None-Match", "Content-Type"));
        rules.setExposedHeaders(List.of("ETag"));
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration("/**", rules);
        FilterRegistrationBean<CorsFilter> registration = new FilterRegistrationBean<>(new CorsFilter(source));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
