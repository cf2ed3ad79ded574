using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Sourcing.Data.Common;

namespace Sourcing.Data.Operations;

/// <summary>What Identity refuses, in the words of this house.</summary>
internal sealed class AccountWords : IdentityErrorDescriber
{
    public override IdentityError DuplicateEmail(string email) => Error(nameof(DuplicateEmail), $"{email} has an account already. Find it in the list of users.");

    public override IdentityError DuplicateUserName(string userName) => DuplicateEmail(userName);

    public override IdentityError InvalidEmail(string? email) => Error(nameof(InvalidEmail), $"\"{email}\" is not an e-mail address. Write it like name@company.example.");

    public override IdentityError InvalidUserName(string? userName) => InvalidEmail(userName);

    public override IdentityError PasswordTooShort(int length) => Error(nameof(PasswordTooShort), $"The password is too short. Use {length} characters or more; four words do well.");

    public override IdentityError PasswordRequiresUniqueChars(int uniqueChars) => Error(nameof(PasswordRequiresUniqueChars), $"The password repeats itself. Use at least {uniqueChars} different characters.");

    public override IdentityError PasswordMismatch() => Error(nameof(PasswordMismatch), "The present password is another one. Type it again.");

    public override IdentityError InvalidToken() => Error(nameof(InvalidToken), "This link has been used or has expired. Ask for a new one.");

    public override IdentityError ConcurrencyFailure() => Error(nameof(ConcurrencyFailure), "Somebody else changed this account while you were typing. Reload the page and try again.");

    private static IdentityError Error(string code, string sentence) => new() { Code = code, Description = sentence };
}

/// <summary>Identity's answers as this house's refusals.</summary>
public static class IdentityResults
{
    /// <summary>Refuses with every reason when the act failed.</summary>
    public static void Demand(this IdentityResult result, string field = "")
    {
        // A name is an e-mail address here, so Identity finds the same fault twice.
        var reasons = result.Errors.Select(e => e.Description).Distinct().ToList();
        if (!result.Succeeded)
        {
            throw field.Length == 0 ? new RefusedException(string.Join(" ", reasons)) : new RefusedException([.. reasons.Select(r => new FieldError(field, r))]);
        }
    }
}

/// <summary>Links in invitations: good for seven days, and until a password is set.</summary>
internal sealed class InvitationTokens(IDataProtectionProvider protection, ILogger<DataProtectorTokenProvider<AppUser>> log)
    : DataProtectorTokenProvider<AppUser>(protection, Microsoft.Extensions.Options.Options.Create(new DataProtectionTokenProviderOptions { Name = Name, TokenLifespan = TimeSpan.FromDays(7) }), log)
{
    public new const string Name = "Invitation";
}
