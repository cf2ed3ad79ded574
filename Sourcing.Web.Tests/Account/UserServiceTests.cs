using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;
using Sourcing.Data.Operations;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Account;

public sealed class UserServiceTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_invitation_twice_makes_one_account_one_mail_and_names_the_admin_in_history()
    {
        await using var admin = await database.AsAsync(Role.Admin);
        var users = admin.Get<UserService>();
        var form = new InviteForm { Email = Address(), FullName = "Nina Comer", Roles = [Role.Buyer, Role.Planner], ApprovalLimit = 5000 };
        var id = await users.InviteAsync(form, Links.AcceptInvitation, _ct);
        Assert.Equal(id, await users.InviteAsync(form, Links.AcceptInvitation, _ct));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from outbox_messages where recipient = $1 and is_secret and link like '/account/accept-invitation?%'", form.Email));
        Assert.Equal(admin.User.Id, await database.ScalarAsync<Guid>("select actor_id from audit_entries where table_name = 'users' and action = 'insert' and record_id = $1", id));

        var details = await admin.Get<UserQueries>().DetailsAsync(id, _ct);
        Assert.Equal((AccountStatus.Invited, 5000m, "Nina Comer"), (details.Status, details.ApprovalLimit, details.FullName));
        Assert.Equal([Role.Buyer, Role.Planner], details.Roles.Order());
        Assert.Contains(await admin.Get<UserQueries>().ChangesAsync(admin.User.Id, _ct), c => c.Table == "users" && c.RecordId == id);

        await users.InviteAgainAsync(id, Links.AcceptInvitation, _ct);
        Assert.Equal(2L, await database.ScalarAsync<long>("select count(*) from outbox_messages where recipient = $1", form.Email));
    }

    [Fact]
    public async Task An_address_that_has_an_account_is_refused_beside_its_field()
    {
        await using var admin = await database.AsAsync(Role.Admin);
        var email = Address();
        await admin.Get<UserService>().InviteAsync(new() { Email = email, FullName = "First", Roles = [Role.Buyer] }, "/", _ct);
        var refusal = await Assert.ThrowsAsync<RefusedException>(
            () => admin.Get<UserService>().InviteAsync(new() { Email = email.ToUpperInvariant(), FullName = "Second", Roles = [Role.Buyer] }, "/", _ct));
        Assert.Equal(nameof(InviteForm.Email), Assert.Single(refusal.Errors).Field);
    }

    [Theory]
    [InlineData(new Role[0], false, nameof(UserRights.Roles))]
    [InlineData(new[] { Role.Supplier, Role.Buyer }, true, nameof(UserRights.Roles))]
    [InlineData(new[] { Role.Supplier }, false, nameof(UserRights.SupplierId))]
    [InlineData(new[] { Role.Buyer }, true, nameof(UserRights.SupplierId))]
    public async Task Roles_that_do_not_go_together_are_refused(Role[] roles, bool supplier, string field)
    {
        await using var admin = await database.AsAsync(Role.Admin);
        var form = new InviteForm { Email = Address(), FullName = "Somebody", Roles = roles, SupplierId = supplier ? Guid.CreateVersion7() : null };
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => admin.Get<UserService>().InviteAsync(form, "/", _ct));
        Assert.Contains(refusal.Errors, e => e.Field == field);
    }

    [Fact]
    public async Task A_changed_role_is_saved_ends_the_sessions_and_a_second_save_of_the_same_form_is_a_conflict()
    {
        await using var admin = await database.AsAsync(Role.Admin);
        var buyer = await database.UserAsync(null, [Role.Buyer]);
        var form = await FormAsync(admin, buyer.Id);
        form.Roles = [Role.ReadOnly];
        form.FullName = "Another Name";
        await admin.Get<UserService>().SaveAsync(form, _ct);
        var details = await admin.Get<UserQueries>().DetailsAsync(buyer.Id, _ct);
        Assert.Equal([Role.ReadOnly], details.Roles);
        Assert.Equal("Another Name", details.FullName);
        Assert.False(await admin.Get<Sessions>().IsAliveAsync(buyer.SessionToken, _ct));
        await Assert.ThrowsAsync<ConflictException>(() => admin.Get<UserService>().SaveAsync(form, _ct));
        Assert.Contains(admin.User.Id.ToString(), await database.ScalarAsync<string>("select string_agg(distinct coalesce(actor_id::text, '-'), ' ') from audit_entries where table_name = 'user_roles' and record_id = $1 and action = 'delete'", buyer.Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_who_signs_in_meanwhile_is_no_conflict_and_a_change_of_their_rights_is()
    {
        await using var admin = await database.AsAsync(Role.Admin);
        var buyer = await database.UserAsync(null, [Role.Buyer]);
        var form = await FormAsync(admin, buyer.Id);
        await database.SqlAsync("update users set last_sign_in_at = now(), access_failed_count = 0, concurrency_stamp = gen_random_uuid()::text where id = $1", buyer.Id);
        form.ApprovalLimit = 2500;
        await admin.Get<UserService>().SaveAsync(form, _ct);

        var stale = await FormAsync(admin, buyer.Id);
        await database.SqlAsync("update users set approval_limit = 9 where id = $1", buyer.Id);
        await Assert.ThrowsAsync<ConflictException>(() => admin.Get<UserService>().SaveAsync(stale, _ct));
        Assert.Equal(9, (await admin.Get<UserQueries>().DetailsAsync(buyer.Id, _ct)).ApprovalLimit);
    }

    [Fact]
    public async Task A_portal_user_acts_for_the_chosen_supplier_and_for_one_alone()
    {
        await using var admin = await database.AsAsync(Role.Admin);
        var rfq = await Make.OpenRfqAsync(database, suppliers: 2);
        var id = await admin.Get<UserService>().InviteAsync(new() { Email = Address(), FullName = "Portal User", Roles = [Role.Supplier], SupplierId = rfq.Suppliers[0] }, "/", _ct);
        Assert.Equal(rfq.Suppliers[0], await admin.Get<Sessions>().SupplierOfAsync(id, _ct));
        var form = await FormAsync(admin, id);
        form.SupplierId = rfq.Suppliers[1];
        await admin.Get<UserService>().SaveAsync(form, _ct);
        Assert.Equal(rfq.Suppliers[1], await admin.Get<Sessions>().SupplierOfAsync(id, _ct));
        Assert.Equal(rfq.Suppliers[1], (await admin.Get<UserQueries>().DetailsAsync(id, _ct)).SupplierId);
    }

    [Fact]
    public async Task Switching_off_ends_the_sessions_and_switching_on_forgets_wrong_passwords()
    {
        await using var admin = await database.AsAsync(Role.Admin);
        var buyer = await database.UserAsync(null, [Role.Buyer]);
        await admin.Get<UserService>().DisableAsync(buyer.Id, _ct);
        Assert.Equal(AccountStatus.Disabled, (await admin.Get<UserQueries>().DetailsAsync(buyer.Id, _ct)).Status);
        Assert.False(await admin.Get<Sessions>().IsAliveAsync(buyer.SessionToken, _ct));
        await database.SqlAsync("update users set lockout_end = now() + interval '1 hour', access_failed_count = 4 where id = $1", buyer.Id);
        await admin.Get<UserService>().EnableAsync(buyer.Id, _ct);
        Assert.Equal(AccountStatus.Invited, (await admin.Get<UserQueries>().DetailsAsync(buyer.Id, _ct)).Status);
        Assert.Equal(0, await database.ScalarAsync<int>("select access_failed_count from users where id = $1 and lockout_end is null", buyer.Id));
    }

    [Fact]
    public async Task An_admin_takes_neither_the_own_account_nor_the_own_role_away()
    {
        await using var admin = await database.AsAsync(Role.Admin);
        await using var other = await database.AsAsync(Role.Admin);
        await Assert.ThrowsAsync<RefusedException>(() => admin.Get<UserService>().DisableAsync(admin.User.Id, _ct));
        var form = await FormAsync(admin, admin.User.Id);
        form.Roles = [Role.Buyer];
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => admin.Get<UserService>().SaveAsync(form, _ct));
        Assert.Equal(nameof(UserRights.Roles), Assert.Single(refusal.Errors).Field);
        Assert.True(await admin.Get<Sessions>().IsAliveAsync(admin.User.Identity.SessionToken, _ct));
    }

    [Fact]
    public async Task An_admin_who_gives_the_own_account_another_role_gets_it_whole_and_signs_in_again()
    {
        await using var admin = await database.AsAsync(Role.Admin);
        var form = await FormAsync(admin, admin.User.Id);
        form.Roles = [Role.Admin, Role.Buyer, Role.Planner];
        await admin.Get<UserService>().SaveAsync(form, _ct);
        Assert.Equal(3L, await database.ScalarAsync<long>("select count(*) from user_roles where user_id = $1", admin.User.Id));
        Assert.False(await admin.Get<Sessions>().IsAliveAsync(admin.User.Identity.SessionToken, _ct));
    }

    [Fact]
    public async Task The_list_finds_people_by_role_and_name_and_only_admins_see_it()
    {
        await using var admin = await database.AsAsync(Role.Admin);
        var name = $"Zoltan {Guid.CreateVersion7():N}";
        var id = await admin.Get<UserService>().InviteAsync(new() { Email = Address(), FullName = name, Roles = [Role.Exporter] }, "/", _ct);
        var list = admin.Get<UserList>();
        foreach (var request in new[] { new ListRequest { Search = name[..20] }, new ListRequest { Search = name }.With("roles", "Exporter,Planner"), new ListRequest { Search = name }.With("status", "invited") })
        {
            Assert.Equal(id, Assert.Single((await list.PageAsync(request, _ct)).Rows).Id);
        }

        Assert.Empty((await list.PageAsync(new ListRequest { Search = name }.With("roles", "Buyer"), _ct)).Rows);
        await using var buyer = await database.AsAsync(Role.Buyer);
        await Assert.ThrowsAsync<DeniedException>(() => buyer.Get<UserList>().PageAsync(new(), _ct));
        Assert.Equal(0, await buyer.Get<Database>().ReadAsync((db, ct) => db.UserAccounts.CountAsync(ct), _ct));
    }

    [Fact]
    public async Task Nobody_but_an_admin_manages_users()
    {
        foreach (var role in Enum.GetValues<Role>().Where(r => r != Role.Admin))
        {
            await using var scope = await database.AsAsync(role);
            var (users, queries, id) = (scope.Get<UserService>(), scope.Get<UserQueries>(), Guid.CreateVersion7());
            Func<Task>[] acts =
            [
                () => users.InviteAsync(new(), "/", _ct), () => users.InviteAgainAsync(id, "/", _ct), () => users.SaveAsync(new(), _ct), () => users.DisableAsync(id, _ct),
                () => users.EnableAsync(id, _ct), () => users.SignOutEverywhereAsync(id, _ct), () => users.EndSessionAsync(id, id, _ct), () => users.ResetAuthenticatorAsync(id, _ct),
                () => queries.DetailsAsync(id, _ct), () => queries.SessionsAsync(id, _ct), () => queries.ChangesAsync(id, _ct),
            ];
            foreach (var act in acts)
            {
                await Assert.ThrowsAsync<DeniedException>(act);
            }
        }
    }

    [Fact]
    public async Task The_permission_table_the_current_user_and_the_policies_agree_for_every_role()
    {
        var services = new ServiceCollection().AddLogging().AddAuthorization(Sourcing.Web.Security.Policies.Add).BuildServiceProvider();
        var authorization = services.GetRequiredService<IAuthorizationService>();
        foreach (var role in Enum.GetValues<Role>())
        {
            var user = new CurrentUser();
            user.Become(new(Guid.CreateVersion7(), "Somebody", new HashSet<Role> { role }, null, "token", TimeZoneInfo.Utc, System.Globalization.CultureInfo.InvariantCulture));
            var principal = new System.Security.Claims.ClaimsPrincipal(new System.Security.Claims.ClaimsIdentity(
                [new(System.Security.Claims.ClaimTypes.NameIdentifier, user.Id.ToString()), new(Sourcing.Web.Security.Principals.Session, "token"), new(System.Security.Claims.ClaimTypes.Role, role.ToString())], "test"));
            foreach (var permission in Enum.GetValues<Permission>())
            {
                var table = Permissions.Of(role).Contains(permission);
                Assert.Equal(table, user.May(permission));
                Assert.Equal(table, (await authorization.AuthorizeAsync(principal, permission.ToString())).Succeeded);
                Assert.Equal(table, Record.Exception(() => user.Demand(permission)) is null);
            }
        }
    }

    private static string Address() => $"{Guid.CreateVersion7():N}@example.test";

    private async Task<UserForm> FormAsync(TestScope admin, Guid id)
    {
        var details = await admin.Get<UserQueries>().DetailsAsync(id, _ct);
        return new()
        {
            Id = id, Stamp = details.Stamp, FullName = details.FullName, Roles = [.. details.Roles], SupplierId = details.SupplierId, ApprovalLimit = details.ApprovalLimit,
        };
    }
}
