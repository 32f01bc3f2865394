package dev.conflict.servlet;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is added to a field that others write too. */
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
}
