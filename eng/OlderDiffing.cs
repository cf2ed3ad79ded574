using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Sourcing.Web.Tests.Support;

/// <summary>Where bUnit's own version of AngleSharp.Diffing could not be restored, the older one beside the tests serves. See registry-gaps.targets.</summary>
internal static class OlderDiffing
{
    [ModuleInitializer]
    internal static void Use() => AssemblyLoadContext.Default.Resolving += (context, name) =>
        name.Name == "AngleSharp.Diffing" && Path.Combine(AppContext.BaseDirectory, "compat", "AngleSharp.Diffing.dll") is var path && File.Exists(path)
            ? context.LoadFromAssemblyPath(path)
            : (Assembly?)null;
}
