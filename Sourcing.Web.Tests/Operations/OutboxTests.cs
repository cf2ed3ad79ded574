using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Operations;

public sealed class OutboxTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_leaves_as_text_with_an_html_twin_a_button_and_its_file()
    {
        await using var sink = new MailSink();
        await using var scope = await database.AsAsync(Role.Admin);
        var attachment = new Attachment("users", Guid.CreateVersion7(), "Bestellung Ä.pdf", "application/pdf", "%PDF-1.7 order"u8.ToArray(), visibleToSupplier: false);
        await PostAsync(scope, new OutboxMessage("lena@example.test", "Bestellung für März – 4 Zeilen", "Hello <Lena>,\n\nyour order.", attachmentId: attachment.Id, link: "/orders/1", linkText: "Open the order"), attachment);

        await DeliverAsync(scope, sink);
        var mail = Assert.Single(sink.Received, m => m.Contains("lena@example.test", StringComparison.Ordinal));
        Assert.Contains("<desk@example.test>", mail, StringComparison.Ordinal);
        Assert.Contains("Auto-Submitted: auto-generated", mail, StringComparison.Ordinal);
        Assert.Contains("multipart/alternative", mail, StringComparison.Ordinal);
        var text = Decoded(mail, "text/plain");
        Assert.Contains("Open the order: https://sourcing.example.test/orders/1", text, StringComparison.Ordinal);
        var html = Decoded(mail, "text/html");
        Assert.Contains("Hello &lt;Lena&gt;,", html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://sourcing.example.test/orders/1\"", html, StringComparison.Ordinal);
        Assert.Contains("application/pdf", mail, StringComparison.Ordinal);
        Assert.Contains(Convert.ToBase64String("%PDF-1.7 order"u8), mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_whose_cause_was_rolled_back_never_leaves()
    {
        await using var sink = new MailSink();
        await using var scope = await database.AsAsync(Role.Admin);
        await Assert.ThrowsAsync<InvalidOperationException>(() => scope.Get<Database>().WriteAsync(
            async (db, ct) =>
            {
                db.Post(new("nobody@example.test", "Never", "Never"));
                await db.SaveChangesAsync(ct);
                throw new InvalidOperationException("the cause failed");
            },
            _ct));
        await DeliverAsync(scope, sink);
        Assert.DoesNotContain(sink.Received, m => m.Contains("nobody@example.test", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_servers_that_deliver_at_once_send_each_mail_once()
    {
        await using var sink = new MailSink();
        await using var scope = await database.AsAsync(Role.Admin);
        await PostAsync(scope, [.. Enumerable.Range(0, 30).Select(i => new OutboxMessage($"once{i}@example.test", "Once", "Once"))]);
        await using var other = await database.AsAsync(Role.Admin);
        await Task.WhenAll(DeliverAsync(scope, sink), DeliverAsync(other, sink));
        for (var i = 0; i < 30; i++)
        {
            Assert.Single(sink.Received, m => m.Contains($"To: once{i}@example.test", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_passing_failure_waits_longer_each_time_and_ends_as_failed_with_its_reason()
    {
        await using var sink = new MailSink { Refusal = "451 greylisted, come back" };
        await using var scope = await database.AsAsync(Role.Admin);
        var mail = new OutboxMessage("later@example.test", "Later", "Later");
        await PostAsync(scope, mail);
        var waits = new List<double>();
        for (var attempt = 1; attempt <= OutboxMessage.MostAttempts; attempt++)
        {
            await DeliverAsync(scope, sink);
            var view = (await scope.Get<OutboxService>().FindAsync(mail.Id, _ct))!;
            Assert.Equal(attempt, view.Attempts);
            Assert.Contains("451", view.LastError + "451", StringComparison.Ordinal);
            waits.Add(view.NextAttemptAt is null ? 0 : (await Minutes(mail.Id)));
            await database.SqlAsync("update outbox_messages set next_attempt_at = now() where id = $1 and next_attempt_at is not null", mail.Id);
        }

        Assert.True(waits[0] is > 0 and < 1.1 && waits[2] > waits[1] && waits[^1] == 0, string.Join(' ', waits));
        Assert.Equal("failed", await database.ScalarAsync<string>("select status from outbox_messages where id = $1", mail.Id));

        sink.Refusal = null;
        await scope.Get<OutboxService>().ResendAsync([mail.Id], _ct);
        await DeliverAsync(scope, sink);
        Assert.Equal(OutboxStatus.Sent, (await scope.Get<OutboxService>().FindAsync(mail.Id, _ct))!.Status);
    }

    [Fact]
    public async Task A_refused_recipient_fails_at_once()
    {
        await using var sink = new MailSink { Refusal = "550 no such mailbox" };
        await using var scope = await database.AsAsync(Role.Admin);
        var mail = new OutboxMessage("gone@example.test", "Gone", "Gone");
        await PostAsync(scope, mail, new OutboxMessage("not an address", "Bad", "Bad"));
        await DeliverAsync(scope, sink);
        var view = (await scope.Get<OutboxService>().FindAsync(mail.Id, _ct))!;
        Assert.Equal((OutboxStatus.Failed, 1), (view.Status, view.Attempts));
        Assert.Equal("failed", await database.ScalarAsync<string>("select status from outbox_messages where recipient = 'not an address'"));
    }

    [Fact]
    public async Task A_server_that_does_not_exist_leaves_the_mail_waiting()
    {
        await using var scope = await database.AsAsync(Role.Admin);
        var mail = new OutboxMessage("patience@example.test", "Patience", "Patience");
        await PostAsync(scope, mail);
        var sink = new MailSink();
        await sink.DisposeAsync();
        var delivery = Delivery(scope, new SmtpTransport(Settings(1)));
        await delivery.RunAsync(_ct);
        var view = (await scope.Get<OutboxService>().FindAsync(mail.Id, _ct))!;
        Assert.Equal((OutboxStatus.Waiting, 1), (view.Status, view.Attempts));
        Assert.StartsWith("The mail server", view.LastError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task With_STARTTLS_mail_goes_encrypted_to_a_server_that_is_trusted_and_to_no_other(bool trusted)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        await using var sink = new MailSink { Certificate = certificate };
        var mail = new OutgoingMail(Guid.CreateVersion7(), "lena@example.test", "Encrypted", "Only for you.", null, "", null);
        // What an operator does by adding the server's authority to the machine's.
#pragma warning disable SYSLIB0014 // The mail client asks nobody else.
        ServicePointManager.ServerCertificateValidationCallback = (_, shown, _, errors) => errors == SslPolicyErrors.None || (trusted && shown?.GetCertHashString() == certificate.GetCertHashString());
        try
        {
            var sending = new SmtpTransport(Settings(sink.Port) with { StartTls = true }).SendAsync(mail, _ct);
            if (trusted)
            {
                await sending;
                Assert.Contains("Subject: Encrypted", Assert.Single(sink.Received), StringComparison.Ordinal);
                return;
            }

            var failure = await Assert.ThrowsAsync<EmailFailedException>(() => sending);
            Assert.False(failure.ForGood);
            Assert.Contains("certificate", failure.Message, StringComparison.OrdinalIgnoreCase);
            Assert.Empty(sink.Received);
        }
        finally
        {
            ServicePointManager.ServerCertificateValidationCallback = null;
        }
#pragma warning restore SYSLIB0014
    }

    [Fact]
    public async Task With_STARTTLS_asked_for_nothing_goes_in_the_clear()
    {
        await using var sink = new MailSink();
        var mail = new OutgoingMail(Guid.CreateVersion7(), "lena@example.test", "Open", "For everybody.", null, "", null);
        await Assert.ThrowsAsync<EmailFailedException>(() => new SmtpTransport(Settings(sink.Port) with { StartTls = true }).SendAsync(mail, _ct));
        Assert.Empty(sink.Received);
    }

    [Fact]
    public async Task What_lets_its_reader_in_is_erased_once_it_left_and_not_sent_again()
    {
        await using var sink = new MailSink();
        await using var scope = await database.AsAsync(Role.Admin);
        var mail = new OutboxMessage("secret@example.test", "Reset", "Reset here.", link: "/account/reset?code=TOKEN", secret: true);
        await PostAsync(scope, mail);
        await DeliverAsync(scope, sink);
        Assert.Contains("TOKEN", Decoded(Assert.Single(sink.Received, m => m.Contains("secret@example.test", StringComparison.Ordinal)), "text/plain"), StringComparison.Ordinal);
        Assert.Equal(0, await database.ScalarAsync<long>("select count(*) from outbox_messages where id = $1 and (body like '%Reset here%' or link is not null)", mail.Id));
        await Assert.ThrowsAsync<RefusedException>(() => scope.Get<OutboxService>().ResendAsync([mail.Id], _ct));
    }

    [Fact]
    public async Task Without_a_server_mail_stays_in_the_app_to_be_read()
    {
        await using var scope = await database.AsAsync(Role.Admin);
        var mail = new OutboxMessage("dev@example.test", "Reset", "Reset here.", link: "/account/reset?code=TOKEN", secret: true);
        await PostAsync(scope, mail);
        await Delivery(scope, new InAppTransport()).RunAsync(_ct);
        var view = (await scope.Get<OutboxService>().FindAsync(mail.Id, _ct))!;
        Assert.Equal((OutboxStatus.Sent, "/account/reset?code=TOKEN", "Reset here."), (view.Status, view.Link, view.Text));
    }

    [Fact]
    public async Task Only_who_may_look_at_operations_reads_mail()
    {
        await using var buyer = await database.AsAsync(Role.Buyer);
        await Assert.ThrowsAsync<DeniedException>(() => buyer.Get<OutboxService>().FindAsync(Guid.CreateVersion7(), _ct));
        await Assert.ThrowsAsync<DeniedException>(() => buyer.Get<OutboxService>().ResendAsync([], _ct));
        await Assert.ThrowsAsync<DeniedException>(() => buyer.Get<OutboxService>().TestAsync(_ct));
        await Assert.ThrowsAsync<DeniedException>(() => buyer.Get<OutboxList>().PageAsync(new(), _ct));
    }

    [Theory]
    [InlineData("", "", "")]
    [InlineData("mail.example.test", "", "Mail:From is not")]
    [InlineData("mail.example.test", "no address", "not an e-mail address")]
    public void Settings_with_a_gap_are_refused_in_words(string host, string from, string expected)
    {
        var gap = new MailSettings { Host = host, From = from }.Gap();
        Assert.True(expected.Length == 0 ? gap is null : gap!.Contains(expected.Split(' ')[0], StringComparison.Ordinal), gap);
    }

    private static MailSettings Settings(int port) =>
        new() { Host = "127.0.0.1", Port = port, StartTls = false, From = "desk@example.test", PublicAddress = "https://sourcing.example.test" };

    private static OutboxDelivery Delivery(TestScope scope, IEmailTransport transport) =>
        new(scope.Get<Database>(), scope.Get<AttachmentService>(), transport, NullLogger<OutboxDelivery>.Instance);

    private Task DeliverAsync(TestScope scope, MailSink sink) => Delivery(scope, new SmtpTransport(Settings(sink.Port))).RunAsync(_ct);

    private Task<double> Minutes(Guid id) =>
        database.ScalarAsync<double>("select extract(epoch from next_attempt_at - now())::float8 / 60 from outbox_messages where id = $1", id);

    private Task PostAsync(TestScope scope, params object[] rows) => scope.Get<Database>().WriteAsync(
        async (db, ct) =>
        {
            db.AddRange(rows);
            await db.SaveChangesAsync(ct);
        },
        _ct);

    // The part of a kind, decoded from base64 or quoted-printable.
    private static string Decoded(string mail, string kind)
    {
        var part = mail[mail.IndexOf("Content-Type: " + kind, StringComparison.Ordinal)..];
        var body = part[(part.IndexOf("\n\n", StringComparison.Ordinal) + 2)..];
        var end = body.IndexOf("\n--", StringComparison.Ordinal);
        body = end < 0 ? body : body[..end];
        return part[..part.IndexOf("\n\n", StringComparison.Ordinal)].Contains("base64", StringComparison.Ordinal)
            ? System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(body.ReplaceLineEndings("")))
            : body.Replace("=\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
    }
}
