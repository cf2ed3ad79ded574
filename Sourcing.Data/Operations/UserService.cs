using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Operations;

/// <summary>
/// What an admin does with accounts. Each act runs in a scope of its own, on the login for accounts, in one transaction that
/// names the admin in history. Changes of rights end the person's sessions: the database sees to that, and keeps the last admin.
/// </summary>
public sealed class UserService(IServiceScopeFactory scopes, CurrentUser user, Sessions sessions)
{
    /// <summary>Makes an account without a password and sends an invitation; the same form twice makes one.</summary>
    /// <param name="invitationPage">Address within the app of the page that takes invitations.</param>
    public Task<Guid> InviteAsync(InviteForm form, string invitationPage, CancellationToken ct)
    {
        user.Demand(Permission.UsersManage);
        FormShape.Demand(form);
        return ActAsync(async act =>
        {
            // The form's key is the account's, so that a second click finds the first one's account.
            if (await act.Users.FindByIdAsync(form.FormKey.ToString()) is not null)
            {
                return form.FormKey;
            }

            var email = form.Email.Trim();
            var account = new AppUser { Id = form.FormKey, FullName = form.FullName.Trim(), Email = email, UserName = email, ApprovalLimit = form.ApprovalLimit };
            (await act.Users.CreateAsync(account)).Demand(nameof(form.Email));
            (await act.Users.AddToRolesAsync(account, form.Roles.Select(r => r.ToString()))).Demand();
            await LinkAsync(act.Db, account.Id, form.SupplierId, ct);
            await act.Mail.InviteAsync(account, user.Identity.Name, invitationPage, ct);
            return account.Id;
        }, ct);
    }

    /// <summary>Sends the invitation again, with a new link. Refused once the person has a password.</summary>
    public Task InviteAgainAsync(Guid id, string invitationPage, CancellationToken ct)
    {
        user.Demand(Permission.UsersManage);
        return ActAsync(async act =>
        {
            var account = await FindAsync(act.Users, id);
            if (account.PasswordHash is not null)
            {
                throw new RefusedException($"{account.FullName} has accepted the invitation already. A forgotten password is reset from the sign-in page.");
            }

            await act.Mail.InviteAsync(account, user.Identity.Name, invitationPage, ct);
            return id;
        }, ct);
    }

    /// <summary>Saves name, roles, supplier and limit. A change of roles or supplier signs the person out everywhere.</summary>
    public Task SaveAsync(UserForm form, CancellationToken ct)
    {
        user.Demand(Permission.UsersManage);
        FormShape.Demand(form);
        return ActAsync(async act =>
        {
            var account = await FindAsync(act.Users, form.Id);
            var before = (await act.Users.GetRolesAsync(account)).ToHashSet();
            var supplier = await SupplierOfAsync(act.Db, account.Id, ct);
            if (UserForm.StampOf(account.FullName, before.Select(Enum.Parse<Role>), supplier, account.ApprovalLimit) != form.Stamp)
            {
                throw new ConflictException();
            }

            (account.FullName, account.ApprovalLimit) = (form.FullName.Trim(), form.ApprovalLimit);
            (await act.Users.UpdateAsync(account)).Demand();
            var after = form.Roles.Select(r => r.ToString()).ToHashSet();
            if (account.Id == user.Id && before.Contains(nameof(Role.Admin)) && !after.Contains(nameof(Role.Admin)))
            {
                throw new RefusedException(nameof(form.Roles), "You cannot take the role Admin from yourself. Ask another admin.");
            }

            (await act.Users.AddToRolesAsync(account, after.Except(before))).Demand();
            (await act.Users.RemoveFromRolesAsync(account, before.Except(after))).Demand();
            await LinkAsync(act.Db, account.Id, form.SupplierId, ct);
            return account.Id;
        }, ct);
    }

    /// <summary>Switches an account off: signed out everywhere, and no way in. Refused for oneself and for the last admin.</summary>
    public Task DisableAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.UsersManage);
        return id == user.Id
            ? throw new RefusedException("You cannot switch your own account off. Ask another admin.")
            : ActAsync(async act =>
            {
                var account = await FindAsync(act.Users, id);
                account.DisabledAt ??= await act.Db.NowAsync(ct);
                (await act.Users.UpdateAsync(account)).Demand();
                return id;
            }, ct);
    }

    /// <summary>Switches an account on again, and forgets wrong passwords.</summary>
    public Task EnableAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.UsersManage);
        return ActAsync(async act =>
        {
            var account = await FindAsync(act.Users, id);
            (account.DisabledAt, account.LockoutEnd, account.AccessFailedCount) = (null, null, 0);
            (await act.Users.UpdateAsync(account)).Demand();
            return id;
        }, ct);
    }

    /// <summary>Ends all of the person's sessions, in open pages too.</summary>
    public Task SignOutEverywhereAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.UsersManage);
        return sessions.EndAllAsync(id, null, ct);
    }

    /// <summary>Ends one of the person's sessions.</summary>
    public Task EndSessionAsync(Guid id, Guid sessionId, CancellationToken ct)
    {
        user.Demand(Permission.UsersManage);
        return sessions.EndAsync(id, sessionId, ct);
    }

    /// <summary>Takes authenticator and recovery codes away, for somebody who lost them; the password alone signs in until a new one is set up.</summary>
    public Task ResetAuthenticatorAsync(Guid id, CancellationToken ct)
    {
        user.Demand(Permission.UsersManage);
        return ActAsync(async act =>
        {
            var account = await FindAsync(act.Users, id);
            (await act.Users.SetTwoFactorEnabledAsync(account, false)).Demand();
            (await act.Users.ResetAuthenticatorKeyAsync(account)).Demand();
            await act.Mail.TellAsync(account, "An admin took your authenticator away", ct);
            return id;
        }, ct);
    }

    private static async Task<AppUser> FindAsync(UserManager<AppUser> users, Guid id) =>
        await users.FindByIdAsync(id.ToString()) ?? throw new MissingException("user");

    private static Task<Guid?> SupplierOfAsync(AuthDb db, Guid userId, CancellationToken ct) =>
        db.Set<SupplierUser>().Where(l => l.UserId == userId).Select(l => (Guid?)l.SupplierId).SingleOrDefaultAsync(ct);

    private async Task LinkAsync(AuthDb db, Guid userId, Guid? supplierId, CancellationToken ct)
    {
        if (await SupplierOfAsync(db, userId, ct) == supplierId)
        {
            return;
        }

        // By hand, because this login may not read what EF asks back.
        await db.Database.ExecuteSqlAsync($"update supplier_users set deleted_at = now(), deleted_by = {user.Id} where user_id = {userId} and deleted_at is null", ct);
        if (supplierId is { } id)
        {
            await db.Database.ExecuteSqlAsync($"insert into supplier_users (id, supplier_id, user_id) values ({Guid.CreateVersion7()}, {id}, {userId})", ct);
        }
    }

    private async Task<Guid> ActAsync(Func<Act, Task<Guid>> work, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<CurrentUser>().Become(user.Identity);
        var db = services.GetRequiredService<AuthDb>();
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var result = await work(new(services.GetRequiredService<UserManager<AppUser>>(), db, services.GetRequiredService<AccountMail>()));
            await transaction.CommitAsync(ct);
            return result;
        }
        catch (Exception fault) when (DatabaseFaults.AsRefusal(fault) is { } refusal)
        {
            throw refusal;
        }
    }

    private sealed record Act(UserManager<AppUser> Users, AuthDb Db, AccountMail Mail);
}
