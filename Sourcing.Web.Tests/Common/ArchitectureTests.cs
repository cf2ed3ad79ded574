using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data;

namespace Sourcing.Web.Tests.Common;

/// <summary>Who may lean on whom.</summary>
public sealed class ArchitectureTests
{
    private static readonly Assembly Data = typeof(SourcingDb).Assembly;
    private static readonly Assembly Web = typeof(Program).Assembly;

    [Fact]
    public void Data_knows_neither_the_web_nor_razor_nor_requests()
    {
        var known = Data.GetReferencedAssemblies().Select(a => a.Name!).ToList();
        Assert.DoesNotContain(known, a => a.StartsWith("Sourcing.Web", StringComparison.Ordinal) || a.Contains("Components", StringComparison.Ordinal)
            || a.Contains("Mvc", StringComparison.Ordinal) || a.Contains("AspNetCore.Http", StringComparison.Ordinal) || a.Contains("Radzen", StringComparison.Ordinal));
    }

    [Fact]
    public void Queries_and_services_are_sealed()
    {
        var rooms = Data.GetExportedTypes().Where(t => t.IsClass && (t.Name.EndsWith("Service", StringComparison.Ordinal) || t.Name.EndsWith("Queries", StringComparison.Ordinal))).ToList();
        Assert.NotEmpty(rooms);
        Assert.All(rooms, t => Assert.True(t.IsSealed, $"{t} is not sealed."));
    }

    [Fact]
    public void Entities_guard_their_properties()
    {
        using var db = new SourcingDb(new DbContextOptionsBuilder<SourcingDb>().UseNpgsql("Host=none").Options);
        var open = db.Model.GetEntityTypes()
            .Where(e => e.ClrType.Assembly == Data && e.ClrType.Namespace != "Sourcing.Data.Operations")
            .SelectMany(e => e.ClrType.GetProperties().Where(p => p.SetMethod is { IsPublic: true } set && !SetOnce(set)).Select(p => $"{e.ClrType.Name}.{p.Name}"));
        Assert.Empty(open);
    }

    // An init-only property is given when the record is made and by nobody later.
    private static bool SetOnce(MethodInfo set) => set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit));

    [Fact]
    public void Routed_components_are_called_pages_and_pages_are_routed()
    {
        var components = Web.GetTypes().Where(t => t.IsAssignableTo(typeof(ComponentBase)) && !t.IsAbstract && t.Namespace?.Contains("Account", StringComparison.Ordinal) != true);
        foreach (var component in components)
        {
            var routed = component.GetCustomAttributes<RouteAttribute>().Any();
            Assert.True(routed == component.Name.EndsWith("Page", StringComparison.Ordinal), $"{component} {(routed ? "is routed but not called a page" : "is called a page but not routed")}.");
        }
    }
}
