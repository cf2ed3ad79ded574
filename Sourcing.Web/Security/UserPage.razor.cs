using Microsoft.AspNetCore.Components;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Security;

/// <summary>One account, for an admin.</summary>
public sealed partial class UserPage : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private UserDetails? _details;
    private UserForm? _form;
    private IReadOnlyList<SessionRow> _sessions = [];
    private IReadOnlyList<ActorChange> _changes = [];
    private bool _missing;

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>devices or changes; rights when not said.</summary>
    [SupplyParameterFromQuery]
    public string? Tab { get; set; }

    [Inject]
    private UserQueries Queries { get; set; } = null!;

    [Inject]
    private UserService Users { get; set; } = null!;

    [Inject]
    private CurrentUser User { get; set; } = null!;

    [Inject]
    private Formats Formats { get; set; } = null!;

    [Inject]
    private Dialogs Dialogs { get; set; } = null!;

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_details?.Id != Id)
        {
            await LoadAsync();
        }

        if (Tab == "changes" && !_missing)
        {
            _changes = await Queries.ChangesAsync(Id, _leaving.Token);
        }
    }

    private static string Deed(string action) => action switch { "insert" => "Added", "delete" => "Deleted", "batch" => "Imported", _ => "Changed" };

    private static UserForm FormOf(UserDetails details) => new()
    {
        Id = details.Id, Stamp = details.Stamp, FullName = details.FullName, Roles = [.. details.Roles.Order()],
        SupplierId = details.SupplierId, ApprovalLimit = details.ApprovalLimit,
    };

    private async Task LoadAsync()
    {
        try
        {
            var (details, sessions) = (await Queries.DetailsAsync(Id, _leaving.Token), await Queries.SessionsAsync(Id, _leaving.Token));
            // All at once: the page may be drawn while it waits.
            (_details, _sessions, _form) = (details, sessions, FormOf(details));
        }
        catch (MissingException)
        {
            _missing = true;
        }
    }

    private async Task<UserForm> ReloadAsync() => FormOf(await Queries.DetailsAsync(Id, _leaving.Token));

    private async Task SaveAsync()
    {
        await Users.SaveAsync(_form!, _leaving.Token);
        await LoadAsync();
        Toasts.Done($"The rights of {_details!.FullName} are saved.");
    }

    private Task InviteAgainAsync() => DoAsync(
        ct => Users.InviteAgainAsync(Id, Links.AcceptInvitation, ct), $"An invitation is on its way to {_details!.Email}.");

    private Task EnableAsync() => DoAsync(ct => Users.EnableAsync(Id, ct), $"{_details!.FullName} can sign in again.");

    private Task EndSessionAsync(SessionRow session) => DoAsync(ct => Users.EndSessionAsync(Id, session.Id, ct), $"{session.Client} is signed out.");

    private async Task DisableAsync()
    {
        if (await Dialogs.ConfirmAsync(
            $"Switch off the account of {_details!.FullName}", "They are signed out everywhere, in open pages too, and cannot sign in until an admin switches the account on again. What they made stays.",
            "Switch account off", danger: true))
        {
            await DoAsync(ct => Users.DisableAsync(Id, ct), $"The account of {_details.FullName} is off.");
        }
    }

    private async Task SignOutAsync()
    {
        if (await Dialogs.ConfirmAsync($"Sign {_details!.FullName} out everywhere", "Pages they have open stop at the next click. They can sign in again.", "Sign out everywhere"))
        {
            await DoAsync(ct => Users.SignOutEverywhereAsync(Id, ct), $"{_details.FullName} is signed out everywhere.");
        }
    }

    private async Task ResetAuthenticatorAsync()
    {
        if (await Dialogs.ConfirmAsync(
            $"Reset the authenticator of {_details!.FullName}", "Until they set up a new one, the password alone signs in. Make sure that it is they who ask.", "Reset authenticator", danger: true))
        {
            await DoAsync(ct => Users.ResetAuthenticatorAsync(Id, ct), "The authenticator is taken away, and a mail says so.");
        }
    }

    private async Task DoAsync(Func<CancellationToken, Task> act, string done)
    {
        await act(_leaving.Token);
        await LoadAsync();
        Toasts.Done(done);
    }
}
