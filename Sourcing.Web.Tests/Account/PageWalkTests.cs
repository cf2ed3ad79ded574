using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sourcing.Data.Common;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Account;

public sealed class PageWalkTests(WebApp app) : IClassFixture<WebApp>
{
    /// <summary>What the pages of a room may ask for. A page that asks for less than its room is a hole.</summary>
    private static readonly Dictionary<string, Permission[]> Rooms = new()
    {
        ["Catalog"] = [Permission.PartsRead, Permission.PartsWrite],
        ["Suppliers"] = [Permission.SuppliersRead, Permission.SuppliersWrite],
        ["Rfqs"] = [Permission.RfqsRead, Permission.RfqsWrite, Permission.RfqsAward, Permission.RfqsApprove],
        ["Orders"] = [Permission.OrdersRead, Permission.OrdersWrite, Permission.OrdersApprove],
        ["Planning"] = [Permission.PlanningRead, Permission.PlanningWrite, Permission.PlanningAccept],
        ["Imports"] = [Permission.ImportsRun],
        ["Sales"] = [Permission.CustomersRead, Permission.CustomersWrite, Permission.NotesUse, Permission.SalesManage, Permission.CommissionsRead, Permission.UsersManage],
        ["Sales.Commissions"] = [Permission.CommissionsRead, Permission.CommissionsManage],
        ["Chapters"] = [Permission.ChaptersRead, Permission.ChaptersWrite, Permission.ChaptersManage],
        ["Chapters.Importing"] = [Permission.ChaptersRead],
        ["Chapters.Reports"] = [Permission.ChaptersRead],
        ["Chapters.Scoring"] = [Permission.ChaptersRead, Permission.ChaptersWrite],
        ["Portal"] = [Permission.PortalUse],
        ["Security"] = [Permission.UsersManage],
        ["Operations"] = [Permission.OperationsRead, Permission.SettingsManage, Permission.HistoryRead, Permission.UsersManage],
    };

    /// <summary>Pages for everybody who is signed in: the start, one's own account, one's own notifications.</summary>
    private static readonly string[] OpenRooms = ["Layout", "Account", "Account.Manage", "Operations"];

    private static readonly IReadOnlyList<Type> Pages =
        [.. typeof(Program).Assembly.GetTypes().Where(t => t.GetCustomAttributes<RouteAttribute>().Any()).OrderBy(t => t.FullName, StringComparer.Ordinal)];

    [Fact]
    public void Every_page_says_who_may_open_it()
    {
        var silent = Pages.Where(p => p.GetCustomAttribute<AuthorizeAttribute>() is null && p.GetCustomAttribute<AllowAnonymousAttribute>() is null);
        Assert.Empty(silent.Select(p => p.FullName));
    }

    [Fact]
    public void Only_pages_before_sign_in_are_open_to_strangers()
    {
        var open = Pages.Where(p => p.GetCustomAttribute<AllowAnonymousAttribute>() is not null && Room(p) is not ("Account" or "Portal") && p.Name != "NotFoundPage");
        Assert.Empty(open.Select(p => p.FullName));
    }

    [Fact]
    public void Every_page_asks_for_a_permission_of_its_room()
    {
        var wrong = new List<string>();
        foreach (var page in Pages.Where(p => p.GetCustomAttribute<AuthorizeAttribute>() is not null))
        {
            var policy = page.GetCustomAttribute<AuthorizeAttribute>()!.Policy;
            var fits = policy is null
                ? OpenRooms.Contains(Room(page))
                : Enum.TryParse<Permission>(policy, out var permission) && Rooms.TryGetValue(Room(page), out var allowed) && allowed.Contains(permission);
            if (!fits)
            {
                wrong.Add($"{page.FullName} asks for {policy ?? "nothing but signing in"}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Every_page_opens_for_exactly_the_roles_of_the_permission_table()
    {
        var wrong = new List<string>();
        foreach (var role in Enum.GetValues<Role>())
        {
            var visitor = await app.SignInAsync(await app.UserAsync(role));
            foreach (var (page, path) in Pages.SelectMany(p => Paths(p).Select(path => (p, path))).Where(p => p.p.GetCustomAttribute<AuthorizeAttribute>() is not null))
            {
                // A page that asks for nothing but signing in is everybody's.
                var policy = page.GetCustomAttribute<AuthorizeAttribute>()!.Policy;
                var status = (await visitor.GetAsync(path)).StatusCode;
                var expected = policy is null || Permissions.Of(role).Contains(Enum.Parse<Permission>(policy)) ? HttpStatusCode.OK : HttpStatusCode.Forbidden;
                if (status != expected)
                {
                    wrong.Add($"{role} at {path}: {(int)status} instead of {(int)expected}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Who_has_not_signed_in_is_sent_to_sign_in_from_every_page_of_the_app()
    {
        var stranger = app.Visit();
        var wrong = new List<string>();
        foreach (var path in Pages.Where(p => p.GetCustomAttribute<AuthorizeAttribute>() is not null).SelectMany(Paths))
        {
            var answer = await stranger.GetAsync(path);
            if (answer.StatusCode != HttpStatusCode.Redirect || answer.Headers.Location?.ToString().Contains("/account/sign-in", StringComparison.Ordinal) != true)
            {
                wrong.Add($"{path}: {(int)answer.StatusCode} {answer.Headers.Location}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void An_address_that_says_nothing_is_for_those_who_signed_in_and_the_open_ones_that_are_no_pages_are_few()
    {
        Assert.NotNull(app.Services.GetRequiredService<IOptions<AuthorizationOptions>>().Value.FallbackPolicy);
        var open = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null
                && e.Metadata.GetMetadata<Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata>() is null
                && e.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is null)
            // Files that a development build finds beside its own: not everywhere.
            .Select(e => e.RoutePattern.RawText!).Where(r => r != "{**path:file}").Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(["/account/passkey", "/account/passkey-request", "/health/live", "/health/ready"], open);
    }

    private static IEnumerable<string> Paths(Type page) => page.GetCustomAttributes<RouteAttribute>()
        .Select(r => Regex.Replace(r.Template, @"\{[^}]*\}", m => m.Value.Contains("guid", StringComparison.Ordinal) ? Guid.Empty.ToString() : "x"));

    private static string Room(Type page) => page.Namespace!["Sourcing.Web".Length..].TrimStart('.');
}
