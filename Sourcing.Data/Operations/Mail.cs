using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using System.Text.RegularExpressions;

namespace Sourcing.Data.Operations;

/// <summary>Where mail leaves from. Bound to the section Mail and to PublicAddress of the configuration.</summary>
public sealed record MailSettings
{
    /// <summary>The mail server; empty keeps mail in the app, where an admin reads it.</summary>
    public string Host { get; init; } = "";

    /// <summary>587 for submission with STARTTLS.</summary>
    public int Port { get; init; } = 587;

    /// <summary>Encrypts with STARTTLS; off only for a server on this machine.</summary>
    public bool StartTls { get; init; } = true;

    public string User { get; init; } = "";

    public string Password { get; init; } = "";

    /// <summary>The sender's address.</summary>
    public string From { get; init; } = "";

    public string FromName { get; init; } = "Sourcing";

    /// <summary>Where people reach the app: the host of links in mail, such as https://sourcing.example.test.</summary>
    public string PublicAddress { get; init; } = "";

    /// <summary>What is missing, as a sentence; null when it is complete.</summary>
    public string? Gap() => this switch
    {
        { Host: "" } => null,
        { From: "" } => "Mail:Host is set but Mail:From is not. Say which address mail comes from.",
        _ when !MailAddress.TryCreate(From, out _) => "Mail:From is not an e-mail address.",
        _ when !Uri.TryCreate(PublicAddress, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") =>
            "Mail:Host is set but PublicAddress is not a web address. Say where people reach Sourcing, such as https://sourcing.example.test.",
        _ => null,
    };
}

/// <summary>A mail as handed to the transport.</summary>
/// <param name="Id">Key of the outbox row: the same mail sent twice keeps it.</param>
/// <param name="Attachment">A file to send along; null for none.</param>
public sealed record OutgoingMail(Guid Id, string To, string Subject, string Text, string? Link, string LinkText, AttachmentFile? Attachment);

/// <summary>The mail server said no, or could not be reached.</summary>
/// <param name="forGood">Trying again is of no use: the address does not exist, or the mail is not wanted.</param>
public sealed class EmailFailedException(string message, bool forGood, Exception? inner = null) : Exception(message, inner)
{
    public bool ForGood => forGood;
}

/// <summary>The edge to the world's mail.</summary>
public interface IEmailTransport
{
    /// <summary>False where mail stays in the app to be read there.</summary>
    bool Leaves { get; }

    /// <summary>Sends or throws <see cref="EmailFailedException"/>.</summary>
    Task SendAsync(OutgoingMail mail, CancellationToken ct);
}

/// <summary>Keeps mail in the app: what development does, and every installation without a mail server.</summary>
public sealed class InAppTransport : IEmailTransport
{
    /// <inheritdoc/>
    public bool Leaves => false;

    /// <inheritdoc/>
    public Task SendAsync(OutgoingMail mail, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>Sends through a mail server, as plain text with an HTML twin.</summary>
public sealed class SmtpTransport(MailSettings settings) : IEmailTransport
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public bool Leaves => true;

    /// <inheritdoc/>
    public async Task SendAsync(OutgoingMail mail, CancellationToken ct)
    {
        using var message = Message(mail);
        using var client = new SmtpClient(settings.Host, settings.Port)
        {
            EnableSsl = settings.StartTls,
            Credentials = settings.User.Length > 0 ? new NetworkCredential(settings.User, settings.Password) : null,
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            await client.SendMailAsync(message, limit.Token);
        }
        catch (SmtpFailedRecipientException fault)
        {
            throw new EmailFailedException($"The mail server refused the recipient: {fault.Message}", (int)fault.StatusCode is >= 500 and < 600, fault);
        }
        catch (SmtpException fault)
        {
            throw new EmailFailedException($"The mail server answered: {fault.InnerException?.Message ?? fault.Message}", (int)fault.StatusCode is >= 550 and < 560, fault);
        }
        catch (OperationCanceledException fault) when (!ct.IsCancellationRequested)
        {
            throw new EmailFailedException($"The mail server did not answer within {Patience.TotalSeconds:0} seconds.", forGood: false, fault);
        }
        catch (Exception fault) when (fault is IOException or System.Net.Sockets.SocketException or System.Security.Authentication.AuthenticationException or FormatException)
        {
            throw new EmailFailedException($"The mail server could not be used: {fault.Message}", fault is FormatException, fault);
        }
    }

    /// <summary>The HTML twin of a plain text: paragraphs, line ends, addresses as links, one button.</summary>
    public static string Html(string text, string? address, string linkText)
    {
        var body = new StringBuilder("<!doctype html><html><body style=\"font:15px/22px system-ui,'Segoe UI',Arial,sans-serif;color:#1f2633;max-width:600px\">");
        foreach (var paragraph in Regex.Split(text.ReplaceLineEndings("\n").Trim(), "\n{2,}"))
        {
            var lines = Regex.Replace(WebUtility.HtmlEncode(paragraph), @"https?://[^\s<>]+", m => $"<a href=\"{m.Value}\">{m.Value}</a>").Replace("\n", "<br>", StringComparison.Ordinal);
            body.Append("<p>").Append(lines).Append("</p>");
        }

        if (address is not null)
        {
            body.Append("<p><a href=\"").Append(WebUtility.HtmlEncode(address))
                .Append("\" style=\"display:inline-block;padding:8px 16px;border-radius:6px;background:#3a4fc9;color:#ffffff;text-decoration:none\">")
                .Append(WebUtility.HtmlEncode(linkText)).Append("</a></p>");
        }

        return body.Append("</body></html>").ToString();
    }

    private MailMessage Message(OutgoingMail mail)
    {
        var address = mail.Link is null ? null : settings.PublicAddress.TrimEnd('/') + mail.Link;
        var text = address is null ? mail.Text : $"{mail.Text.TrimEnd()}\n\n{mail.LinkText}: {address}\n";
        MailMessage message;
        try
        {
            message = new MailMessage(new MailAddress(settings.From, settings.FromName), new MailAddress(mail.To));
        }
        catch (FormatException fault)
        {
            throw new EmailFailedException($"\"{mail.To}\" is not an e-mail address.", forGood: true, fault);
        }

        (message.Subject, message.SubjectEncoding) = (mail.Subject, Encoding.UTF8);
        (message.Body, message.BodyEncoding, message.IsBodyHtml) = (text, Encoding.UTF8, false);
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(Html(mail.Text, address, mail.LinkText), Encoding.UTF8, MediaTypeNames.Text.Html));
        // The same key twice is the same mail to the receiving side, should a crash make us send it again.
        message.Headers.Add("Message-ID", $"<{mail.Id:N}@{message.From!.Host}>");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        if (mail.Attachment is { } file)
        {
            message.Attachments.Add(new System.Net.Mail.Attachment(file.File.Content, file.FileName, file.MediaType));
        }

        return message;
    }
}
