using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Sales;
using Sourcing.E2E.Support;

namespace Sourcing.E2E.Sales;

/// <summary>Notes between two visits: on a telephone, and with a line that breaks.</summary>
public sealed partial class NoteJourneys(App app)
{
    private const string Rep = "lene.vossen@example.test";

    [Fact]
    public async Task A_call_is_logged_in_three_taps_its_action_is_finished_by_one_and_another_put_off_by_two()
    {
        var mark = Guid.CreateVersion7().ToString()[^6..];
        var customer = await CustomerAsync(mark);
        await OverdueAsync(customer, $"Send lead times {mark}");
        await using var rep = await app.SignInAsync(Rep, 390);
        await Assertions.Expect(rep.Page).ToHaveURLAsync(MyDay());
        Assert.Empty(await rep.FindingsAsync());

        await rep.Page.GetByRole(AriaRole.Link, new() { Name = "New note", Exact = true }).ClickAsync();
        await rep.ReadyAsync();
        Assert.Empty(await rep.FindingsAsync());
        await rep.Page.GetByPlaceholder("Name or number").FillAsync(mark);
        await rep.Page.Locator(".note-customers").GetByRole(AriaRole.Button, new() { NameRegex = new(mark) }).ClickAsync();
        await Assertions.Expect(rep.Page.Locator(".note-customer")).ToContainTextAsync("Nadia Ferre");
        await rep.Page.Locator(".note-kind", new() { HasText = "Call" }).ClickAsync();
        await rep.Page.GetByLabel("What was said").FillAsync("Wants the navy lot two weeks earlier.");
        await rep.Page.GetByLabel("Next action").FillAsync($"Send part-delivery dates {mark}");
        await rep.Page.GetByLabel("Next action").PressAsync("Tab");
        await Assertions.Expect(rep.Page.GetByLabel("On", new() { Exact = true })).Not.ToHaveValueAsync("");
        await rep.Page.GetByLabel("On", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Index = 1 });
        Assert.Empty(await rep.FindingsAsync());
        await rep.Page.GetByRole(AriaRole.Button, new() { Name = "Save note" }).ClickAsync();
        await rep.Page.WaitForURLAsync(MyDay());

        var today = rep.Page.GetByRole(AriaRole.Region, new() { Name = "Today", Exact = true });
        await Assertions.Expect(today).ToContainTextAsync($"Send part-delivery dates {mark}");
        await today.GetByRole(AriaRole.Button, new() { Name = $"Done: Send part-delivery dates {mark}" }).ClickAsync();
        await Assertions.Expect(today).Not.ToContainTextAsync(mark);

        var overdue = rep.Page.GetByRole(AriaRole.Region, new() { Name = "Overdue", Exact = true });
        await overdue.GetByRole(AriaRole.Button, new() { Name = $"Put off: Send lead times {mark}" }).ClickAsync();
        Assert.Empty(await rep.FindingsAsync());
        await rep.Page.Locator(".popup-panel .menu-item").First.ClickAsync();
        await Assertions.Expect(overdue).Not.ToContainTextAsync(mark);
        await rep.Page.Locator(".day-coming summary").ClickAsync();
        await Assertions.Expect(rep.Page.Locator(".day-coming")).ToContainTextAsync($"Send lead times {mark}");

        await rep.OpenAsync($"/notes?f.customer={mark}");
        await rep.Page.Locator(".list-phone a").First.ClickAsync();
        await Assertions.Expect(rep.Page.Locator(".note-body")).ToBeVisibleAsync();
        Assert.Empty(await rep.FindingsAsync());
    }

    [Fact]
    public async Task What_is_typed_survives_a_lost_line_and_a_reload_until_it_is_saved()
    {
        var mark = Guid.CreateVersion7().ToString()[^6..];
        await CustomerAsync(mark);
        await using var rep = await app.SignInAsync(Rep, 390);
        rep.ExpectedFaults.AddRange(["ERR_INTERNET_DISCONNECTED", "WebSocket", "disconnected", "Failed to", "ERR_"]);
        await rep.OpenAsync("/notes/new");
        await rep.Page.GetByPlaceholder("Name or number").FillAsync(mark);
        await rep.Page.Locator(".note-customers").GetByRole(AriaRole.Button, new() { NameRegex = new(mark) }).ClickAsync();
        await Assertions.Expect(rep.Page.GetByText("Draft kept on this device")).ToBeVisibleAsync();

        await rep.Page.Context.SetOfflineAsync(true);
        // Typed and never left: the server has not heard a word of it.
        await rep.Page.GetByLabel("What was said").PressSequentiallyAsync("Typed in a tunnel");
        await rep.Page.WaitForFunctionAsync("() => Object.keys(sessionStorage).some(key => key.startsWith('draft:') && sessionStorage.getItem(key).includes('Typed in a tunnel'))");
        await rep.Page.Context.SetOfflineAsync(false);
        rep.Page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
        await rep.Page.ReloadAsync();
        await rep.ReadyAsync();

        await Assertions.Expect(rep.Page.GetByLabel("What was said")).ToHaveValueAsync("Typed in a tunnel");
        await Assertions.Expect(rep.Page.Locator(".note-customer")).ToContainTextAsync(mark);
        await Assertions.Expect(rep.Page.GetByText("is back")).ToBeVisibleAsync();
        await rep.Page.GetByRole(AriaRole.Button, new() { Name = "Save note" }).ClickAsync();
        await rep.Page.WaitForURLAsync(MyDay());
        Assert.Equal(0, await rep.Page.EvaluateAsync<int>("Object.keys(sessionStorage).filter(key => key.startsWith('draft:')).length"));
        await rep.OpenAsync("/notes?q=tunnel");
        await Assertions.Expect(rep.Page.Locator(".list-phone a").First).ToContainTextAsync("Typed in a tunnel");
    }

    [GeneratedRegex("/my-day$")]
    private static partial Regex MyDay();

    private async Task<Guid> CustomerAsync(string mark)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var (user, sessions) = (scope.ServiceProvider.GetRequiredService<CurrentUser>(), scope.ServiceProvider.GetRequiredService<SystemSession>());
        user.Become(await sessions.IdentityAsync(CancellationToken.None));
        return await scope.ServiceProvider.GetRequiredService<Database>().WriteAsync(
            async (db, ct) =>
            {
                var rep = await RepAsync(db, ct);
                var customer = new Customer(new($"C-{mark}", $"Brinwell {mark}", CustomerTier.A) { Phone = "+49 555 0100" });
                customer.Assign(rep, new DateOnly(2026, 1, 5), rep);
                customer.Add(new("Nadia Ferre", "Purchasing", $"nadia.{mark}@example.test", "+49 555 0199", IsMain: true));
                db.Add(customer);
                await db.SaveChangesAsync(ct);
                return customer.Id;
            },
            CancellationToken.None);
    }

    // An action whose day is over by two days.
    private async Task OverdueAsync(Guid customer, string action)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var (user, sessions, database) = (scope.ServiceProvider.GetRequiredService<CurrentUser>(), scope.ServiceProvider.GetRequiredService<SystemSession>(), scope.ServiceProvider.GetRequiredService<Database>());
        user.Become(await sessions.IdentityAsync(CancellationToken.None));
        user.Become(await sessions.OfPersonAsync(await database.ReadAsync(RepAsync, CancellationToken.None), CancellationToken.None));
        var now = scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow();
        await scope.ServiceProvider.GetRequiredService<NoteService>().SaveAsync(
            new() { CustomerId = customer, Body = "Promised lead times.", OccurredAt = now.AddDays(-4), NextAction = action, NextActionOn = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-2) },
            CancellationToken.None);
    }

    private static Task<Guid> RepAsync(Sourcing.Data.SourcingDb db, CancellationToken ct) =>
        Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.SingleAsync(db.People.Where(p => p.Email == Rep).Select(p => p.Id), ct);
}
