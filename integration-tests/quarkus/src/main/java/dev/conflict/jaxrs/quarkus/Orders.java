package dev.conflict.jaxrs.quarkus;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;

/** What Bean Validation looks at. */
@Path("orders")
public class Orders {
    /** A line of an order. */
    public record Line(@NotBlank String sku, @Min(1) int quantity) {}

    /** An order. */
    public record Order(@Valid List<Line> lines) {}

    /** Takes an order. */
    @POST
    @NotBlank public String place(@QueryParam("answer") String answer, @Valid Order order) {
        return answer;
    }
}
