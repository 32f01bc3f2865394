package dev.conflict.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is added to a field that others write too, and what goes with a success. */
class FieldsTest {
    private final HttpServletResponse response = Fakes.response();

    @Test
    void variedFieldsJoinThoseThatStandThere() {
        when(response.getHeaders("Vary")).thenReturn(List.of("Origin", "x, accept"));
        Fields.vary(response, List.of("Accept-Language", "Accept", "Prefer"));

        verify(response).addHeader("Vary", "Accept-Language, Prefer");
        verify(response, never()).setHeader(any(), any());
    }

    @Test
    void nothingIsAddedToWhatCoversAll() {
        when(response.getHeaders("Vary")).thenReturn(List.of("Origin, *"));
        Fields.vary(response, List.of("Accept"));

        verify(response, never()).addHeader(any(), any());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cache-Control",
                "CDN-Cache-Control",
                "cloudflare-cdn-cache-control",
                "Surrogate-Control",
                "Expires"
            })
    void noCacheKeepsAProblemAsLongAsTheSuccess(String name) {
        assertThat(Fields.ofSuccess(name)).isTrue();
        assertThat(Fields.ofErrorBody(name)).isTrue();
        assertThat(Fields.ofContent(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Set-Cookie", "Vary", "Surrogate-Key", "X-Cache-Controller", "Access-Control-Allow-Origin"})
    void whatIsNotAboutTheSuccessStays(String name) {
        assertThat(Fields.ofSuccess(name)).isFalse();
    }
}
