package io.otabridge.huawei.auth;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.client.auth.RefreshableCredential;
import io.otabridge.client.credentials.CredentialEndpointClient;
import io.otabridge.client.error.ErrorRule;
import io.otabridge.client.json.FieldReader;
import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.client.redaction.Redactor;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Secret;
import io.otabridge.huawei.config.HuaweiCredentials;
import io.otabridge.huawei.operation.HuaweiErrors;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Gets IAM tokens for a project with a user's password, after the document "Obtaining a User Token Through Password
 * Authentication". The token comes in a header and its end in the body.
 */
final class IamTokenProvider implements RefreshableCredential.Issuer<Secret> {

    /** The document's name of the operation. */
    static final String OPERATION = "KeystoneCreateUserTokenByPassword";

    private static final String TOKEN_HEADER = "X-Subject-Token";
    private static final String PATH = "/v3/auth/tokens?nocatalog=true";

    /** On the wire; no member is promised. */
    record TokenDto(@JsonProperty("token") @Nullable ContentDto token) {

        record ContentDto(
                @JsonProperty("expires_at") @Nullable String expiresAt) {}
    }

    private static final LenientJsonReader<TokenDto> READER = LenientJsonReader.of(TokenDto.class);

    private final CredentialEndpointClient iam;
    private final HuaweiCredentials.User user;
    private final String projectId;
    private final Redactor redactor;

    IamTokenProvider(CredentialEndpointClient iam, HuaweiCredentials.User user, String projectId, Redactor redactor) {
        this.iam = iam;
        this.user = user;
        this.projectId = projectId;
        this.redactor = redactor;
    }

    @Override
    public Either<OtaFailure, RefreshableCredential.Issued<Secret>> issue(Duration longest) {
        return iam.visit(longest)
                .post(PATH, question().toString().getBytes(StandardCharsets.UTF_8))
                .flatMap(answer -> answer.isSuccess()
                        ? iam.issued(answer, READER, dto -> token(answer, dto))
                        : Either.left(
                                iam.refused(verdict(answer.status()), answer, HuaweiErrors.report(answer, redactor))));
    }

    private ObjectNode question() {
        ObjectNode question = JsonNodeFactory.instance.objectNode();
        ObjectNode auth = question.putObject("auth");
        ObjectNode identity = auth.putObject("identity");
        identity.putArray("methods").add("password");
        ObjectNode who = identity.putObject("password").putObject("user");
        who.put("name", user.userName()).put("password", user.password().reveal());
        who.putObject("domain").put("name", user.accountName());
        auth.putObject("scope").putObject("project").put("id", projectId);
        return question;
    }

    private static Either<String, RefreshableCredential.Issued<Secret>> token(HttpResponse answer, TokenDto dto) {
        FieldReader members = new FieldReader();
        Option<String> token = answer.header(TOKEN_HEADER);
        if (token.isEmpty()) {
            members.problem("header " + TOKEN_HEADER + " is missing");
        } else if (CredentialEndpointClient.secret(token.get()).isLeft()) {
            members.problem("header " + TOKEN_HEADER + " is not " + Secret.RULE.words());
        }
        Option<Instant> end = members.required(
                "token.expires_at",
                dto.token() == null ? null : dto.token().expiresAt(),
                CredentialEndpointClient::time);
        return members.result(() -> new RefreshableCredential.Issued<>(Secret.of(token.get()), end.get()));
    }

    private static ErrorRule verdict(int status) {
        return switch (status) {
            case 400, 404 ->
                ErrorRule.rejected(
                        "Check user-name, account-name and project-id, and that iam-endpoint is that of IAM");
            case 401 ->
                ErrorRule.accessDenied(
                        "Check user-name, password and account-name in credentials, and that this is an IAM user, not a"
                                + " HUAWEI ID, and needs no second factor; wrong passwords in a row lock the user");
            case 403 ->
                ErrorRule.accessDenied(
                        "Give the user access to the project in project-id, and programmatic access; a user may be"
                                + " locked for a while after wrong passwords");
            default -> ErrorRule.byStatus(status);
        };
    }
}
