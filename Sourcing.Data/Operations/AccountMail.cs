using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;

namespace Sourcing.Data.Operations;

/// <summary>Mails about an account, with links that prove who follows them. They wait in the outbox like all others.</summary>
public sealed class AccountMail(UserManager<AppUser> users, AuthDb db)
{
    /// <summary>Invites somebody to set a password; the link is good for seven days.</summary>
    /// <param name="page">Address within the app of the page that takes the invitation.</param>
    public async Task InviteAsync(AppUser user, string invitedBy, string page, CancellationToken ct)
    {
        var token = await users.GenerateUserTokenAsync(user, InvitationTokens.Name, "invitation");
        await PostAsync(
            user.Email!,
            $"{invitedBy} invites you to Sourcing",
            $"""
            Hello {user.FullName},

            {invitedBy} has made you an account on Sourcing. Choose a password and you are in. The link is good for seven days.
            """,
            ct, Link(page, user, token), "Choose a password");
    }

    /// <summary>Whether this token came with the user's last invitation.</summary>
    public Task<bool> IsInvitationAsync(AppUser user, string token) => users.VerifyUserTokenAsync(user, InvitationTokens.Name, "invitation", token);

    /// <summary>Sends a link for a new password, good for two hours.</summary>
    public async Task ResetPasswordAsync(AppUser user, string page, CancellationToken ct)
    {
        var token = await users.GeneratePasswordResetTokenAsync(user);
        await PostAsync(
            user.Email!,
            "Choose a new password for Sourcing",
            $"""
            Hello {user.FullName},

            somebody, most likely you, asked for a new password. The link is good for two hours.
            If it was not you, leave this mail alone: nothing has changed.
            """,
            ct, Link(page, user, token), "Choose a new password");
    }

    /// <summary>Asks the owner of a new address to confirm it; until then the old one stays.</summary>
    public async Task ConfirmAddressAsync(AppUser user, string newEmail, string page, CancellationToken ct)
    {
        var token = await users.GenerateChangeEmailTokenAsync(user, newEmail);
        await PostAsync(
            newEmail,
            "Confirm your new e-mail address for Sourcing",
            $"""
            Hello {user.FullName},

            confirm that you sign in with this address from now on. The link is good for two hours.
            """,
            ct, QueryHelpers.AddQueryString(Link(page, user, token), "email", newEmail), "Confirm this address");
    }

    /// <summary>Tells the owner that something changed, so that a thief does not go unnoticed.</summary>
    public Task TellAsync(AppUser user, string what, CancellationToken ct) => PostAsync(
        user.Email!,
        $"Sourcing: {what}",
        $"""
        Hello {user.FullName},

        {what}. If it was not you, choose a new password at once and tell your admin.
        """,
        ct);

    private static string Link(string page, AppUser user, string token) => QueryHelpers.AddQueryString(
        page, new Dictionary<string, string?> { ["user"] = user.Id.ToString("N"), ["code"] = token });

    private Task<int> PostAsync(string to, string subject, string body, CancellationToken ct, string? link = null, string linkText = "")
    {
        db.Post(new(to, subject, body, "users", link: link, linkText: linkText, secret: link is not null));
        return db.SaveChangesAsync(ct);
    }
}
