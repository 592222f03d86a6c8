package io.otabridge.contracts;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Limits {@link OperationContract} and {@link DiagnosisContract} to the failure scenarios that depend on the
 * operation. For a test class whose backend decodes no responses, or shares its decoders with the backend of another
 * test class.
 */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface DecodersTestedElsewhere {

    /** Returns where the decoders are tested, or why the backend decodes nothing. */
    String value();
}
