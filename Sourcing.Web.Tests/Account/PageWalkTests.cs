using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
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
        ["Imports"] = [Permission.ImportsRun],
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
            foreach (var page in Pages.Where(p => p.GetCustomAttribute<AuthorizeAttribute>()?.Policy is not null))
            {
                var permission = Enum.Parse<Permission>(page.GetCustomAttribute<AuthorizeAttribute>()!.Policy!);
                var path = Regex.Replace(page.GetCustomAttributes<RouteAttribute>().First().Template, @"\{[^}]*\}", m => m.Value.Contains("guid", StringComparison.Ordinal) ? Guid.Empty.ToString() : "x");
                var status = (await visitor.GetAsync(path)).StatusCode;
                var expected = Permissions.Of(role).Contains(permission) ? HttpStatusCode.OK : HttpStatusCode.Forbidden;
                if (status != expected)
                {
                    wrong.Add($"{role} at {path}: {(int)status} instead of {(int)expected}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    private static string Room(Type page) => page.Namespace!["Sourcing.Web".Length..].TrimStart('.');
}
