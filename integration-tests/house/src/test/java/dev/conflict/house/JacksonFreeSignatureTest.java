package dev.conflict.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.properties.HasModifiers;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * JSON crosses our API as bytes, text or {@code JsonCodec}: users choose their own Jackson, and its version. The module that
 * takes the mapper of one line of Jackson is where they do.
 */
class JacksonFreeSignatureTest {
    @Test
    void noPublicOrProtectedSignatureNamesJackson() {
        classes()
                .that()
                .resideOutsideOfPackage("dev.conflict.jackson3..")
                .should(nameNoJacksonTypeInASignature())
                .check(PackageTableTest.OURS);
    }

    private static ArchCondition<JavaClass> nameNoJacksonTypeInASignature() {
        return new ArchCondition<>("name no Jackson type in a public or protected signature") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!isVisible(type)) {
                    return;
                }
                Stream.of(
                                supertypes(type),
                                type.getFields().stream()
                                        .filter(JacksonFreeSignatureTest::isVisible)
                                        .map(JavaField::getType),
                                type.getCodeUnits().stream()
                                        .filter(JacksonFreeSignatureTest::isVisible)
                                        .flatMap(JacksonFreeSignatureTest::signature))
                        .flatMap(types -> types)
                        .flatMap(involved -> involved.getAllInvolvedRawTypes().stream())
                        .filter(JacksonFreeSignatureTest::isJackson)
                        .distinct()
                        .forEach(jackson -> events.add(
                                SimpleConditionEvent.violated(type, type.getName() + " names " + jackson.getName())));
            }
        };
    }

    private static Stream<JavaType> supertypes(JavaClass type) {
        return Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
    }

    private static Stream<JavaType> signature(JavaCodeUnit unit) {
        return Stream.of(
                        Stream.of(unit.getReturnType()),
                        unit.getParameterTypes().stream(),
                        unit.getExceptionTypes().stream())
                .flatMap(types -> types);
    }

    private static boolean isVisible(HasModifiers element) {
        return element.getModifiers().contains(JavaModifier.PUBLIC)
                || element.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static boolean isJackson(JavaClass type) {
        return type.getPackageName().startsWith("com.fasterxml.")
                || type.getPackageName().startsWith("tools.jackson.");
    }
}
